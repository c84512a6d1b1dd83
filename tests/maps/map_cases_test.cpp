#include "tests/maps/map_cases.h"

namespace cashline {

namespace {

using integration::Side;

std::vector<MapCase> customer_cases()
{
    return {
        { "customer", "accountnumber", "customeraccount", Side::sales },
        { "customer", "msdyn_company.cdm_companycode", "dataareaid", Side::sales },
        { "customer", "accountid", "partyid", Side::sales },
        { "customer", "name", "organizationname", Side::sales,
            { { "Northwind Boards", "Northwind Boards" } } },
        { "customer", "customertypecode", "relation", Side::sales,
            { { "3", "1" }, { "8", "0" }, { "5", "0" }, { "3", "1" }, { "", "0" } } },
        { "customer", "transactioncurrencyid.isocurrencycode", "salescurrencycode", Side::sales,
            { { "transactioncurrency/USD", "USD" }, { "transactioncurrency/EUR", "EUR" } } },
        { "customer", "emailaddress1", "primarycontactemail", Side::sales,
            { { "office@northwind.example", "office@northwind.example" } } },
        { "customer", "telephone1", "primarycontactphone", Side::sales,
            { { "+353 1 555 0123", "+353 1 555 0123" } } },
        { "customer", "address1_line1", "addressstreet", Side::sales,
            { { "7 Pier Road", "7 Pier Road" } } },
        { "customer", "address1_city", "addresscity", Side::sales, { { "Galway", "Galway" } } },
        { "customer", "address1_stateorprovince", "addressstate", Side::sales,
            { { "Connacht", "Connacht" } } },
        { "customer", "address1_postalcode", "addresszipcode", Side::sales,
            { { "H91 AB12", "H91 AB12" } } },
        { "customer", "address1_country", "addresscountryregionid", Side::sales,
            { { "Portugal", "Portugal" } } },
        { "customer", "creditlimit", "creditlimit", Side::finance,
            { { "25000", "25000" }, { "", "" } } },
        { "customer", "creditonhold", "onholdstatus", Side::finance,
            { { "2", "1" }, { "0", "0" }, { "1", "1" }, { "5", "0" }, { "3", "1" }, { "0", "0" },
                { "4", "1" } } },
        { "customer", "", "partytype", Side::sales, { { "", "0" } } },
    };
}

std::vector<MapCase> person_customer_cases()
{
    return {
        { "person_customer", "msdynce_contactnumber", "customeraccount", Side::sales },
        { "person_customer", "msdyn_company.cdm_companycode", "dataareaid", Side::sales },
        { "person_customer", "contactid", "partyid", Side::sales },
        { "person_customer", "fullname", "organizationname", Side::sales,
            { { "Petra", "Petra Persson" } }, "firstname" },
        { "person_customer", "emailaddress1", "primarycontactemail", Side::sales,
            { { "pia@persson.example", "pia@persson.example" } } },
        { "person_customer", "telephone1", "primarycontactphone", Side::sales,
            { { "+46 8 555 0100", "+46 8 555 0100" } } },
        { "person_customer", "address1_line1", "addressstreet", Side::sales,
            { { "3 Shore Lane", "3 Shore Lane" } } },
        { "person_customer", "address1_city", "addresscity", Side::sales,
            { { "Sligo", "Sligo" } } },
        { "person_customer", "address1_postalcode", "addresszipcode", Side::sales,
            { { "F91 CD34", "F91 CD34" } } },
        { "person_customer", "address1_country", "addresscountryregionid", Side::sales,
            { { "Sweden", "Sweden" } } },
        { "person_customer", "", "partytype", Side::sales, { { "", "1" } } },
    };
}

std::vector<MapCase> contact_cases()
{
    return {
        { "contact", "msdynce_contactnumber", "contactpersonid", Side::sales },
        { "contact", "msdyn_company.cdm_companycode", "dataareaid", Side::sales },
        { "contact", "contactid", "partyid", Side::sales },
        { "contact", "fullname", "contactpersonname", Side::sales, { { "Moa", "Moa Lindgren" } },
            "firstname" },
        { "contact", "firstname", "firstname", Side::sales, { { "Maja", "Maja" } } },
        { "contact", "lastname", "lastname", Side::sales, { { "Lund", "Lund" } } },
        { "contact", "jobtitle", "employmentjobtitle", Side::sales, { { "Buyer", "Buyer" } } },
        { "contact", "emailaddress1", "primaryemailaddress", Side::sales,
            { { "maja@northwind.example", "maja@northwind.example" } } },
        { "contact", "telephone1", "primaryphonenumber", Side::sales,
            { { "+353 1 555 0777", "+353 1 555 0777" } } },
    };
}

std::vector<MapCase> product_cases()
{
    return {
        { "product", "productnumber", "itemnumber", Side::sales },
        { "product", "productid", "productid", Side::sales },
        { "product", "name", "searchname", Side::sales,
            { { "Travel board, split", "Travel board, split" } } },
        { "product", "producttypecode", "producttype", Side::sales,
            { { "3", "1" }, { "1", "0" }, { "2", "1" }, { "1", "0" }, { "4", "1" }, { "", "0" } } },
        { "product", "isstockitem", "isstocked", Side::sales, { { "0", "0" }, { "1", "1" } } },
        { "product", "defaultuomid.name", "salesunitsymbol", Side::sales,
            { { "uom/box", "Box" } } },
        { "product", "price", "salesprice", Side::sales, { { "811.25", "811.25" } } },
        { "product", "currentcost", "unitcost", Side::sales, { { "402.5", "402.5" } } },
    };
}

std::vector<MapCase> quote_cases()
{
    return {
        { "quote", "quotenumber", "salesquotationnumber", Side::sales },
        { "quote", "revisionnumber", "revisionnumber", Side::sales },
        { "quote", "msdyn_company.cdm_companycode", "dataareaid", Side::sales },
        { "quote", "quoteid", "quoteid", Side::sales },
        { "quote", "name", "salesquotationname", Side::sales,
            { { "Boards, second try", "Boards, second try" } } },
        { "quote", "customerid", "requestingcustomeraccountnumber", Side::sales,
            { { "account/second", same_as_source } } },
        { "quote", "transactioncurrencyid.isocurrencycode", "currencycode", Side::sales,
            { { "transactioncurrency/USD", "USD" }, { "transactioncurrency/EUR", "EUR" } } },
        { "quote", "effectiveto", "expirydate", Side::sales, { { "2027-05-31", "2027-05-31" } } },
        { "quote", "discountpercentage", "totaldiscountpercentage", Side::sales,
            { { "7.5", "7.5" } } },
        { "quote", "discountamount", "totaldiscountamount", Side::sales, { { "11.5", "11.5" } } },
        { "quote", "freightamount", "quotationtotalchargesamount", Side::sales,
            { { "31", "31" } } },
        { "quote", "totaltax", "quotationtotaltaxamount", Side::sales, { { "123.45", "123.45" } } },
        { "quote", "totalamount", "quotationtotalamount", Side::sales,
            { { "2345.67", "2345.67" } } },
    };
}

std::vector<MapCase> quote_line_cases()
{
    return {
        { "quote_line", "quotedetailid", "quotedetailid", Side::sales },
        { "quote_line", "quoteid.msdyn_company.cdm_companycode", "dataareaid", Side::sales },
        { "quote_line", "quoteid", "quoteid.quoteid", Side::sales },
        { "quote_line", "lineitemnumber", "linecreationsequencenumber", Side::sales,
            { { "7", "7" } } },
        { "quote_line", "productid.productnumber", "itemnumber", Side::sales,
            { { "product/SB-130", "SB-130" } } },
        { "quote_line", "productdescription", "linedescription", Side::sales,
            { { "As seen at the fair", "As seen at the fair" } } },
        { "quote_line", "quantity", "requestedsalesquantity", Side::sales, { { "4", "4" } } },
        { "quote_line", "uomid.name", "salesunitsymbol", Side::sales, { { "uom/box", "Box" } } },
        { "quote_line", "priceperunit", "salesprice", Side::sales, { { "512.25", "512.25" } } },
        { "quote_line", "manualdiscountamount", "linediscountamount", Side::sales,
            { { "12.5", "12.5" } } },
        { "quote_line", "cl_agreementdiscount", "agreementdiscountamount", Side::sales,
            { { "3.75", "3.75" } } },
        { "quote_line", "tax", "linetotaltaxamount", Side::sales, { { "77.7", "77.7" } } },
    };
}

std::vector<MapCase> order_cases()
{
    return {
        { "order", "ordernumber", "salesordernumber", Side::sales },
        { "order", "msdyn_company.cdm_companycode", "dataareaid", Side::sales },
        { "order", "salesorderid", "salesorderid", Side::sales },
        { "order", "name", "salesordername", Side::sales,
            { { "Four more boards", "Four more boards" } } },
        { "order", "customerid", "orderingcustomeraccountnumber", Side::sales,
            { { "account/second", same_as_source } } },
        { "order", "transactioncurrencyid.isocurrencycode", "currencycode", Side::sales,
            { { "transactioncurrency/USD", "USD" }, { "transactioncurrency/EUR", "EUR" } } },
        { "order", "discountpercentage", "totaldiscountpercentage", Side::sales,
            { { "2.5", "2.5" } } },
        { "order", "discountamount", "totaldiscountamount", Side::sales, { { "9.9", "9.9" } } },
        { "order", "quoteid.quotenumber", "quotationnumber", Side::sales,
            { { "quote/draft", same_as_source } } },
        { "order", "cl_purchaseorder", "customersorderreference", Side::sales,
            { { "PO-77", "PO-77" } } },
        { "order", "cl_couponcodes", "couponcodes", Side::sales, { { "SUMMER", "SUMMER" } } },
        { .map = "order",
            .sales = "cl_ishistory",
            .finance = "ishistory",
            .tried_by = "an_order_of_another_system_is_history_in_the_books_too" },
        { "order", "requestdeliveryby", "requestedshippingdate", Side::sales,
            { { "2027-04-15", "2027-04-15" } } },
        { "order", "shipto_name", "deliveryaddressname", Side::sales,
            { { "Northwind, pier", "Northwind, pier" } } },
        { "order", "shipto_line1", "deliveryaddressstreet", Side::sales,
            { { "Pier 4", "Pier 4" } } },
        { "order", "shipto_city", "deliveryaddresscity", Side::sales,
            { { "Kinsale", "Kinsale" } } },
        { "order", "shipto_stateorprovince", "deliveryaddressstate", Side::sales,
            { { "Munster", "Munster" } } },
        { "order", "shipto_postalcode", "deliveryaddresszipcode", Side::sales,
            { { "P17 EF56", "P17 EF56" } } },
        { "order", "shipto_country", "deliveryaddresscountryregionid", Side::sales,
            { { "France", "France" } } },
        { "order", "totallineitemamount", "ordertotallineamount", Side::sales,
            { { "1111.11", "1111.11" } } },
        { "order", "totallineitemamount", "ordertotallineamount", Side::finance,
            { { "1122.22", "1122.22" } } },
        { "order", "totaldiscountamount", "ordertotaldiscountamount", Side::sales,
            { { "44.4", "44.4" } } },
        { "order", "totaldiscountamount", "ordertotaldiscountamount", Side::finance,
            { { "33.3", "33.3" } } },
        { "order", "freightamount", "ordertotalchargesamount", Side::sales, { { "27", "27" } } },
        { "order", "freightamount", "ordertotalchargesamount", Side::finance,
            { { "28.5", "28.5" } } },
        { "order", "totaltax", "ordertotaltaxamount", Side::sales, { { "200.02", "200.02" } } },
        { "order", "totaltax", "ordertotaltaxamount", Side::finance, { { "210.03", "210.03" } } },
        { "order", "totalamount", "ordertotalamount", Side::sales, { { "1293.73", "1293.73" } } },
        { "order", "totalamount", "ordertotalamount", Side::finance, { { "1327.45", "1327.45" } } },
    };
}

std::vector<MapCase> order_line_cases()
{
    return {
        { "order_line", "salesorderdetailid", "salesorderdetailid", Side::sales },
        { "order_line", "salesorderid.msdyn_company.cdm_companycode", "dataareaid", Side::sales },
        { "order_line", "salesorderid", "orderid.salesorderid", Side::sales },
        { "order_line", "lineitemnumber", "linecreationsequencenumber", Side::sales,
            { { "9", "9" } } },
        { "order_line", "productid.productnumber", "itemnumber", Side::sales,
            { { "product/SB-130", "SB-130" } } },
        { "order_line", "productdescription", "linedescription", Side::sales,
            { { "In red", "In red" } } },
        { "order_line", "quantity", "orderedsalesquantity", Side::sales, { { "5", "5" } } },
        { "order_line", "uomid.name", "salesunitsymbol", Side::sales, { { "uom/box", "Box" } } },
        { "order_line", "priceperunit", "salesprice", Side::sales, { { "498.75", "498.75" } } },
        { "order_line", "manualdiscountamount", "linediscountamount", Side::sales,
            { { "15", "15" } } },
        { "order_line", "cl_agreementdiscount", "agreementdiscountamount", Side::sales,
            { { "6.25", "6.25" } } },
        { "order_line", "tax", "linetotaltaxamount", Side::sales, { { "81.4", "81.4" } } },
        { "order_line", "tax", "linetotaltaxamount", Side::finance, { { "82.6", "82.6" } } },
    };
}

std::vector<MapCase> order_status_cases()
{
    return {
        { "order_status", "ordernumber", "salesordernumber", Side::sales },
        { "order_status", "msdyn_company.cdm_companycode", "dataareaid", Side::sales },
        { "order_status", "msdyn_processingstatus", "salesorderprocessingstatus", Side::finance,
            { { "192350001", "192350001" }, { "870000000", "870000000" },
                { "192350002", "192350002" }, { "192350003", "192350003" },
                { "192350004", "192350004" }, { "192350006", "192350006" },
                { "192350008", "192350008" }, { "192350005", "192350005" },
                { "192350007", "192350007" }, { "192350000", "192350000" } } },
    };
}

std::vector<MapCase> invoice_cases()
{
    return {
        { "invoice", "invoicenumber", "invoicenumber", Side::finance },
        { "invoice", "msdyn_company.cdm_companycode", "dataareaid", Side::finance },
        { "invoice", "name", "invoicenumber", Side::finance },
        { "invoice", "salesorderid", "salesorderid", Side::finance },
        { "invoice", "customerid", "invoicecustomeraccountnumber", Side::finance },
        { "invoice", "transactioncurrencyid.isocurrencycode", "currencycode", Side::finance },
        { "invoice", "duedate", "duedate", Side::finance },
        { "invoice", "totallineitemamount", "totallineamount", Side::finance },
        { "invoice", "totaldiscountamount", "totaldiscountamount", Side::finance },
        { "invoice", "freightamount", "totalchargeamount", Side::finance },
        { "invoice", "totaltax", "totaltaxamount", Side::finance },
        { "invoice", "totalamount", "totalinvoiceamount", Side::finance },
        { "invoice", "statecode", "paymentstatus", Side::finance,
            { { "2", "2" }, { "1", "0" }, { "2", "2" }, { "0", "0" } } },
    };
}

std::vector<MapCase> invoice_line_cases()
{
    return {
        { "invoice_line", "invoiceid.invoicenumber", "invoiceid.invoicenumber", Side::finance },
        { "invoice_line", "lineitemnumber", "linecreationsequencenumber", Side::finance },
        { "invoice_line", "productid.productnumber", "itemnumber", Side::finance },
        { "invoice_line", "productdescription", "description", Side::finance },
        { "invoice_line", "quantity", "invoicedquantity", Side::finance },
        { "invoice_line", "uomid.name", "salesunitsymbol", Side::finance },
        { "invoice_line", "priceperunit", "salesprice", Side::finance },
        { "invoice_line", "extendedamount", "lineamount", Side::finance },
        { "invoice_line", "tax", "linetotaltaxamount", Side::finance },
    };
}

}

std::vector<MapCase> const& map_cases()
{
    static auto const cases = [] {
        std::vector<MapCase> all;
        for (auto const group : { customer_cases, person_customer_cases, contact_cases,
                 product_cases, quote_cases, quote_line_cases, order_cases, order_line_cases,
                 order_status_cases, invoice_cases, invoice_line_cases }) {
            for (auto& one : group()) {
                all.push_back(std::move(one));
            }
        }
        return all;
    }();
    return cases;
}

}
