// What is posted stays. Rules here stand even against an administrator: only the postings of
// finance, which act with all rights inside their messages, make these rows, and only columns that
// follow later postings change afterwards.
#include "apps/finance/bank/statement_line_table.h"
#include "apps/finance/bank/statement_table.h"
#include "apps/finance/inventory/inventory_movement_table.h"
#include "apps/finance/inventory/on_hand_table.h"
#include "apps/finance/invoice/finance_invoice_charge_table.h"
#include "apps/finance/invoice/finance_invoice_line_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/ledger/customer_transaction_table.h"
#include "apps/finance/ledger/ledger_entry_table.h"
#include "apps/finance/ledger/post_voucher.h"
#include "apps/finance/ledger/settlement_table.h"
#include "apps/finance/order/order_document_line_table.h"
#include "apps/finance/order/order_document_table.h"
#include "apps/finance/tax/tax_transaction_table.h"

#include <algorithm>

namespace cashline::finance {

namespace {

Refusal posted_rows_stay(Unit& unit, TableId table)
{
    return conflict("posted_row_is_final",
        unit.schema().table(table).label
            + " rows are made by posting and stay as they are. Post a correction instead.");
}

Result<void> only_postings_make(Unit& unit, Change& change)
{
    return unit.caller().is_system() ? Result<void> {} : posted_rows_stay(unit, change.table);
}

Result<void> never(Unit& unit, Change& change) { return posted_rows_stay(unit, change.table); }

Rule only_these_change(std::vector<ColumnIndex> columns)
{
    return [columns = std::move(columns)](Unit& unit, Change& change) -> Result<void> {
        auto const& table = unit.schema().table(change.table);
        for (auto const& cell : change.values.cells()) {
            auto const is_free = std::ranges::find(columns, cell.column) != columns.end()
                || table.column(cell.column).is_standard;
            if (!is_free && cell.value != change.before.value(cell.column)) {
                return posted_rows_stay(unit, change.table);
            }
        }
        return unit.caller().is_system() ? Result<void> {} : posted_rows_stay(unit, change.table);
    };
}

void keep(Registry& registry, TableId table, std::vector<ColumnHandle> const& following = {})
{
    std::vector<ColumnIndex> columns;
    for (auto const& handle : following) {
        columns.push_back(handle.index);
    }
    registry.before(Operation::create, table, only_postings_make);
    registry.before(Operation::update, table, only_these_change(std::move(columns)));
    registry.before(Operation::remove, table, never);
}

}

void register_posted_rows(Registry& registry)
{
    keep(registry, ledger_voucher::table);
    keep(registry, ledger_entry::table);
    keep(registry, settlement::table);
    keep(registry, tax_transaction::table);
    keep(registry, finance_invoice_line::table);
    keep(registry, finance_invoice_charge::table);
    keep(registry, order_document::table);
    keep(registry, order_document_line::table);
    keep(registry, inventory_movement::table);
    keep(registry, customer_transaction::table,
        { customer_transaction::open, customer_transaction::open_accounting,
            customer_transaction::is_open });
    keep(registry, finance_invoice::table,
        { finance_invoice::open, finance_invoice::payment_status, finance_invoice::transaction,
            finance_invoice::pdf_file, finance_invoice::ubl_file });
    keep(registry, on_hand::table, { on_hand::quantity, on_hand::picked, on_hand::value });
    keep(registry, statement::table, { statement::statement_status });
    keep(registry, statement_line::table,
        { statement_line::line_status, statement_line::confidence, statement_line::explanation,
            statement_line::voucher, statement_line::payment });
}

}
