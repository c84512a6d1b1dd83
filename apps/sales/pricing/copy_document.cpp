#include "apps/sales/pricing/copy_document.h"

#include "apps/sales/pricing/document_pricing.h"

#include <array>

namespace cashline::sales {

namespace {

constexpr std::array header_names { "name", "description", "customerid", "pricelevelid",
    "transactioncurrencyid", "opportunityid", "campaignid", "discountpercentage", "discountamount",
    "freightamount", "totallineitemamount", "totallineitemdiscountamount", "totaldiscountamount",
    "totalamountlessfreight", "totaltax", "totalamount", "paymenttermscode", "freighttermscode",
    "shippingmethodcode", "requestdeliveryby", "billto_name", "billto_line1", "billto_line2",
    "billto_city", "billto_stateorprovince", "billto_postalcode", "billto_country", "shipto_name",
    "shipto_line1", "shipto_line2", "shipto_city", "shipto_stateorprovince", "shipto_postalcode",
    "shipto_country", "msdyn_company", "cl_purchaseorder" };

constexpr std::array line_names { "productid", "uomid", "productdescription", "isproductoverridden",
    "ispriceoverridden", "priceperunit", "quantity", "manualdiscountamount", "cl_agreementdiscount",
    "baseamount", "extendedamount", "tax", "lineitemnumber", "sequencenumber", "description",
    "transactioncurrencyid", "requestdeliveryby" };

void copy_by_name(Schema const& schema, auto const& names, Row const& from, Row& to)
{
    auto const& source = schema.table(from.table());
    auto const& target = schema.table(to.table());
    for (auto const* name : names) {
        auto const* read = source.find(name);
        auto const* written = target.find(name);
        if (read && written && !from.value(read->index).is_null() && !to.has(written->index)) {
            to.set(written->index, from.value(read->index));
        }
    }
}

}

Result<Id> copy_document(Unit& unit, CopySource const& from, CopyTarget const& to, Row header)
{
    header.set_table(to.columns.header.table);
    copy_by_name(unit.schema(), header_names, from.header, header);
    auto const id = TRY(unit.create(std::move(header)));
    for (auto const& line : TRY(lines_of(unit, from.columns, from.header.id()))) {
        Row copy(to.columns.line.table);
        copy_by_name(unit.schema(), line_names, line, copy);
        copy.set(to.columns.line.parent, id);
        if (to.line_lineage) {
            copy.set(*to.line_lineage, line.id());
        }
        TRY(unit.create(std::move(copy)));
    }
    return id;
}

}
