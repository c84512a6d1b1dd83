// An order in the hands of a step: its rows, locked, with the books and the customer they belong
// to, and the guards every step shares.
#pragma once

#include "apps/finance/customer/customers.h"
#include "apps/finance/order/order_status.h"
#include "platform/pipeline/unit.h"

namespace cashline::finance {

class OrderWork {
public:
    // The caller must be able to see the order; afterwards the step acts with all rights.
    // Refuses "order_is_history", "order_is_stopped", "order_is_closed", "order_has_no_lines",
    // "customer_on_hold".
    static Result<OrderWork> load(Unit&, Id order);

    Unit unit; // with all rights
    Books books {};
    CurrencyFacts currency {};
    Row order {};
    std::vector<Row> lines {}; // in order of their numbers
    Row customer {};

    std::string number() const;
    Confirmed confirmed() const;
    // "order_not_confirmed".
    Result<void> must_be_confirmed() const;
    // Writes the statuses that follow from the lines as they are now.
    Result<void> update_status(FinanceOrderDocumentStatus made);
    // The warehouse of a line, else of the order, else of the company.
    std::string warehouse_of(Row const& line) const;
    // The released products of the lines that have one, by item number.
    Result<std::vector<Row>> items();

private:
    explicit OrderWork(Unit elevated) : unit(std::move(elevated)) { }
    Result<void> read(Id id);
    Result<void> must_be_workable() const;
};

LineQuantities quantities_of(Row const& line);
std::vector<LineQuantities> quantities_of(std::vector<Row> const& lines);
// Everything that is taken off a line: what was typed and what agreements gave.
Result<Amount> whole_line_discount(Row const& line);
Result<std::vector<Row>> lines_of_order(Reader&, Id order);

}
