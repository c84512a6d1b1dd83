// What sales and commerce ask of whoever keeps the books: Finance implements both ports, or
// integration does for a foreign ERP. Registered with Registry::provide<Port>, used through
// Reader::port<Port>().
#pragma once

#include "apps/catalog/pricing/document.h"
#include "platform/pipeline/reader.h"

namespace cashline::catalog {

class Prices {
public:
    virtual ~Prices() = default;
    // Prices, discounts, charges and tax of a whole document, with the arithmetic behind each
    // amount.
    virtual Result<PricedDocument> quote_prices(Reader&, PriceRequest const&) = 0;
};

// What a coupon takes off a document, as whoever manages coupons knows it.
struct CouponQuestion {
    std::string code {};
    Id company {};
    std::optional<Id> customer {};
    Id currency {};
    Date date {};
};

struct CouponDiscount {
    std::string code {}; // as it is spelt in the catalog of coupons
    std::string label {};
    std::optional<Decimal> percent {}; // else `amount`
    Amount amount {};
    std::optional<Amount> order_min {}; // of the lines, before coupons
    std::vector<Id> products {}; // the products it may touch; empty: all
};

// Provided by commerce; without it every coupon is unknown. Says what a code takes off; whether a
// customer may use it now is decided where it is redeemed (cl_PlaceOrder), so an order keeps its
// discount when it is computed again after the coupon has ended or was used up.
class Coupons {
public:
    virtual ~Coupons() = default;
    // Refuses codes that are unknown or do not fit the currency, saying why.
    virtual Result<CouponDiscount> coupon(Reader&, CouponQuestion const&) = 0;
};

// Where a customer stands; amounts in the customer's currency.
struct CreditStanding {
    bool is_known {}; // a Finance customer exists
    bool on_hold {};
    bool has_limit {}; // without a limit nothing goes on account
    Amount limit {};
    Amount balance {}; // open invoices less payments
    Amount open_orders {}; // ordered and not yet invoiced
    Amount available {}; // limit − balance − open orders
};

struct OpenInvoice {
    Id id {};
    std::string number {};
    Date date {};
    Date due {};
    Amount amount {};
    Amount open {};
    Id currency {};
};

// A document of an invoice as the customer gets it.
struct InvoiceFile {
    std::string label {}; // "PDF", "E-invoice (XML)"
    Id file {}; // cl_file, see platform/files/file_store.h
};

class CustomerAccounts {
public:
    virtual ~CustomerAccounts() = default;
    virtual Result<CreditStanding> credit(Reader&, Lookup customer) = 0;
    virtual Result<std::vector<OpenInvoice>> open_invoices(Reader&, Lookup customer) = 0;
    // Of this customer's invoice with this number; none where the books keep no files.
    virtual Result<std::vector<InvoiceFile>> invoice_files(
        Reader&, Lookup /*customer*/, std::string_view /*number*/)
    {
        return std::vector<InvoiceFile> {};
    }
};

}
