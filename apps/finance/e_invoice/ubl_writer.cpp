#include "apps/finance/e_invoice/ubl_writer.h"

#include "platform/pages/xml.h"

namespace cashline::finance {

namespace {

// Appends children in order and leaves out what has no value, so that no element is ever empty.
class Element {
public:
    explicit Element(std::string_view name) : m_node(name) { }

    // Dropped again when nothing came into it.
    template<class Fill>
    void group(char const* name, Fill fill)
    {
        Element inner { name };
        fill(inner);
        if (!inner.m_node.children.empty()) {
            m_node.children.push_back(std::move(inner.m_node));
        }
    }

    void text(char const* name, std::string const& value)
    {
        if (!value.empty()) {
            m_node.add(name, value);
        }
    }

    void date(char const* name, std::optional<Date> const& value)
    {
        if (value) {
            text(name, value->to_string());
        }
    }

    void number(char const* name, std::optional<Decimal> const& value)
    {
        if (value) {
            text(name, value->without_trailing_zeros().to_string());
        }
    }

    void identifier(char const* name, Identifier const& value, char const* scheme = "schemeID")
    {
        if (value.value.empty()) {
            return;
        }
        auto& node = m_node.add(name, value.value);
        if (!value.scheme.empty()) {
            node.set(scheme, value.scheme);
        }
    }

    void amount(char const* name, Amount value, std::string const& currency)
    {
        identifier(name, { value.to_string(2), currency }, "currencyID");
    }

    void quantity(char const* name, Decimal const& value, std::string const& unit)
    {
        identifier(name, { value.without_trailing_zeros().to_string(), unit }, "unitCode");
    }

    xml::Element& node() { return m_node; }

private:
    xml::Element m_node;
};

class UBLWriter {
public:
    explicit UBLWriter(EInvoice const& invoice)
        : m_invoice(invoice)
        , m_is_credit_note(invoice.is_credit_note())
    {
    }

    std::string write();

private:
    void write_header(Element&) const;
    void write_references(Element&) const;
    void write_party(Element&, InvoiceParty const&) const;
    void write_parties(Element&) const;
    void write_delivery(Element&) const;
    void write_payment(Element&) const;
    void write_allowance_charge(Element&, AllowanceCharge const&) const;
    void write_tax_totals(Element&) const;
    void write_totals(Element&) const;
    void write_line(Element&, EInvoiceLine const&) const;
    void write_item(Element&, EInvoiceLine const&) const;
    void write_price(Element&, EInvoiceLine const&) const;
    std::string const& currency() const { return m_invoice.currency; }

    EInvoice const& m_invoice;
    bool m_is_credit_note;
};

void write_scheme(Element& element, char const* scheme = "VAT")
{
    element.group("cac:TaxScheme", [&](Element& inner) { inner.text("cbc:ID", scheme); });
}

void write_period(Element& element, Period const& period, std::string const& code = {})
{
    element.group("cac:InvoicePeriod", [&](Element& inner) {
        inner.date("cbc:StartDate", period.start);
        inner.date("cbc:EndDate", period.end);
        inner.text("cbc:DescriptionCode", code);
    });
}

void write_address(Element& element, char const* name, std::optional<PostalAddress> const& address)
{
    if (!address) {
        return;
    }
    element.group(name, [&](Element& inner) {
        inner.text("cbc:StreetName", address->street);
        inner.text("cbc:AdditionalStreetName", address->additional_street);
        inner.text("cbc:CityName", address->city);
        inner.text("cbc:PostalZone", address->postal_zone);
        inner.text("cbc:CountrySubentity", address->subdivision);
        inner.group("cac:Country",
            [&](Element& country) { country.text("cbc:IdentificationCode", address->country); });
    });
}

void write_reference(Element& element, char const* name, std::string const& value)
{
    element.group(name, [&](Element& inner) { inner.text("cbc:ID", value); });
}

void write_tax_category(
    Element& element, char const* name, VATCategory category, std::optional<Decimal> const& rate)
{
    element.group(name, [&](Element& inner) {
        inner.text("cbc:ID", std::string(letters(category)));
        inner.number("cbc:Percent", rate);
        write_scheme(inner);
    });
}

void UBLWriter::write_header(Element& root) const
{
    root.text("cbc:CustomizationID", m_invoice.customization);
    root.text("cbc:ProfileID", m_invoice.profile);
    root.text("cbc:ID", m_invoice.number);
    root.date("cbc:IssueDate", m_invoice.issue_date);
    if (m_is_credit_note) { // The two documents order these differently; the due date stands in
                            // PaymentMeans.
        root.date("cbc:TaxPointDate", m_invoice.tax_point_date);
        root.text("cbc:CreditNoteTypeCode", m_invoice.type);
        root.text("cbc:Note", m_invoice.note);
    } else {
        root.date("cbc:DueDate", m_invoice.due_date);
        root.text("cbc:InvoiceTypeCode", m_invoice.type);
        root.text("cbc:Note", m_invoice.note);
        root.date("cbc:TaxPointDate", m_invoice.tax_point_date);
    }
    root.text("cbc:DocumentCurrencyCode", currency());
    root.text("cbc:TaxCurrencyCode", m_invoice.vat_currency);
    root.text("cbc:BuyerReference", m_invoice.buyer_reference);
    if (m_invoice.period || !m_invoice.tax_point_code.empty()) {
        write_period(root, m_invoice.period.value_or(Period {}), m_invoice.tax_point_code);
    }
}

void UBLWriter::write_references(Element& root) const
{
    root.group("cac:OrderReference", [&](Element& inner) {
        // The schema wants an ID as soon as the group is there.
        auto const& order = m_invoice.purchase_order;
        inner.text("cbc:ID", order.empty() && !m_invoice.sales_order.empty() ? "NA" : order);
        inner.text("cbc:SalesOrderID", m_invoice.sales_order);
    });
    for (auto const& preceding : m_invoice.preceding) {
        root.group("cac:BillingReference", [&](Element& inner) {
            inner.group("cac:InvoiceDocumentReference", [&](Element& reference) {
                reference.text("cbc:ID", preceding.number);
                reference.date("cbc:IssueDate", preceding.date);
            });
        });
    }
    write_reference(root, "cac:DespatchDocumentReference", m_invoice.despatch_advice);
    write_reference(root, "cac:ReceiptDocumentReference", m_invoice.receipt_advice);
    write_reference(root, "cac:ContractDocumentReference", m_invoice.contract);
    if (!m_is_credit_note) {
        write_reference(root, "cac:ProjectReference", m_invoice.project);
    }
}

void UBLWriter::write_party(Element& element, InvoiceParty const& party) const
{
    element.group("cac:Party", [&](Element& inner) {
        inner.identifier("cbc:EndpointID", party.endpoint);
        for (auto const& identifier : party.identifiers) {
            inner.group("cac:PartyIdentification",
                [&](Element& each) { each.identifier("cbc:ID", identifier); });
        }
        inner.group(
            "cac:PartyName", [&](Element& each) { each.text("cbc:Name", party.trade_name); });
        write_address(inner, "cac:PostalAddress", party.address);
        for (auto const& [id, scheme] :
            { std::pair { &party.vat_id, "VAT" }, std::pair { &party.tax_registration, "TAX" } }) {
            if (!id->empty()) {
                inner.group("cac:PartyTaxScheme", [&](Element& each) {
                    each.text("cbc:CompanyID", *id);
                    write_scheme(each, scheme);
                });
            }
        }
        inner.group("cac:PartyLegalEntity", [&](Element& each) {
            each.text("cbc:RegistrationName", party.name);
            each.identifier("cbc:CompanyID", party.legal_id);
            each.text("cbc:CompanyLegalForm", party.legal_form);
        });
        inner.group("cac:Contact", [&](Element& each) {
            each.text("cbc:Name", party.contact_name);
            each.text("cbc:Telephone", party.contact_phone);
            each.text("cbc:ElectronicMail", party.contact_mail);
        });
    });
}

void UBLWriter::write_parties(Element& root) const
{
    root.group("cac:AccountingSupplierParty",
        [&](Element& inner) { write_party(inner, m_invoice.seller); });
    root.group("cac:AccountingCustomerParty",
        [&](Element& inner) { write_party(inner, m_invoice.buyer); });
    if (auto const& payee = m_invoice.payee) {
        root.group("cac:PayeeParty", [&](Element& inner) {
            inner.group("cac:PartyIdentification",
                [&](Element& each) { each.identifier("cbc:ID", payee->identifier); });
            inner.group(
                "cac:PartyName", [&](Element& each) { each.text("cbc:Name", payee->name); });
            inner.group("cac:PartyLegalEntity",
                [&](Element& each) { each.identifier("cbc:CompanyID", payee->legal_id); });
        });
    }
    if (auto const& representative = m_invoice.representative) {
        root.group("cac:TaxRepresentativeParty", [&](Element& inner) {
            inner.group("cac:PartyName",
                [&](Element& each) { each.text("cbc:Name", representative->name); });
            write_address(inner, "cac:PostalAddress", representative->address);
            inner.group("cac:PartyTaxScheme", [&](Element& each) {
                each.text("cbc:CompanyID", representative->vat_id);
                write_scheme(each);
            });
        });
    }
}

void UBLWriter::write_delivery(Element& root) const
{
    if (auto const& delivery = m_invoice.delivery) {
        root.group("cac:Delivery", [&](Element& inner) {
            inner.date("cbc:ActualDeliveryDate", delivery->date);
            inner.group("cac:DeliveryLocation", [&](Element& each) {
                each.identifier("cbc:ID", delivery->location);
                write_address(each, "cac:Address", delivery->address);
            });
            inner.group("cac:DeliveryParty", [&](Element& each) {
                each.group(
                    "cac:PartyName", [&](Element& name) { name.text("cbc:Name", delivery->name); });
            });
        });
    }
}

void UBLWriter::write_payment(Element& root) const
{
    if (auto const& payment = m_invoice.payment) {
        root.group("cac:PaymentMeans", [&](Element& inner) {
            inner.identifier("cbc:PaymentMeansCode", { payment->code, payment->text }, "name");
            if (m_is_credit_note) {
                inner.date("cbc:PaymentDueDate", m_invoice.due_date);
            }
            inner.text("cbc:PaymentID", payment->remittance);
            inner.group("cac:PayeeFinancialAccount", [&](Element& account) {
                account.text("cbc:ID", payment->account);
                account.text("cbc:Name", payment->account_name);
                account.group("cac:FinancialInstitutionBranch",
                    [&](Element& bank) { bank.text("cbc:ID", payment->bank); });
            });
            inner.group("cac:PaymentMandate", [&](Element& mandate) {
                mandate.text("cbc:ID", payment->mandate);
                mandate.group("cac:PayerFinancialAccount",
                    [&](Element& account) { account.text("cbc:ID", payment->debited_account); });
            });
        });
    }
    root.group("cac:PaymentTerms",
        [&](Element& inner) { inner.text("cbc:Note", m_invoice.payment_terms); });
}

void UBLWriter::write_allowance_charge(Element& element, AllowanceCharge const& value) const
{
    element.group("cac:AllowanceCharge", [&](Element& inner) {
        inner.text("cbc:ChargeIndicator", value.is_charge ? "true" : "false");
        inner.text("cbc:AllowanceChargeReasonCode", value.reason_code);
        inner.text("cbc:AllowanceChargeReason", value.reason);
        inner.number("cbc:MultiplierFactorNumeric", value.percent);
        inner.amount("cbc:Amount", value.amount, currency());
        if (value.base) {
            inner.amount("cbc:BaseAmount", *value.base, currency());
        }
        if (value.category) {
            write_tax_category(inner, "cac:TaxCategory", *value.category, value.rate);
        }
    });
}

void UBLWriter::write_tax_totals(Element& root) const
{
    root.group("cac:TaxTotal", [&](Element& total) {
        total.amount("cbc:TaxAmount", m_invoice.vat_total, currency());
        for (auto const& vat : m_invoice.vat) {
            total.group("cac:TaxSubtotal", [&](Element& subtotal) {
                subtotal.amount("cbc:TaxableAmount", vat.base, currency());
                subtotal.amount("cbc:TaxAmount", vat.amount, currency());
                subtotal.group("cac:TaxCategory", [&](Element& category) {
                    category.text("cbc:ID", std::string(letters(vat.category)));
                    category.number("cbc:Percent", vat.rate);
                    category.text("cbc:TaxExemptionReasonCode", vat.reason_code);
                    category.text("cbc:TaxExemptionReason", vat.reason);
                    write_scheme(category);
                });
            });
        }
    });
    if (m_invoice.vat_in_vat_currency) {
        root.group("cac:TaxTotal", [&](Element& total) {
            total.amount("cbc:TaxAmount", *m_invoice.vat_in_vat_currency, m_invoice.vat_currency);
        });
    }
}

void UBLWriter::write_totals(Element& root) const
{
    root.group("cac:LegalMonetaryTotal", [&](Element& total) {
        total.amount("cbc:LineExtensionAmount", m_invoice.line_total, currency());
        total.amount("cbc:TaxExclusiveAmount", m_invoice.total_without_vat, currency());
        total.amount("cbc:TaxInclusiveAmount", m_invoice.total_with_vat, currency());
        for (auto const& [name, amount] :
            { std::pair { "cbc:AllowanceTotalAmount", m_invoice.allowance_total },
                std::pair { "cbc:ChargeTotalAmount", m_invoice.charge_total },
                std::pair { "cbc:PrepaidAmount", m_invoice.prepaid },
                std::pair { "cbc:PayableRoundingAmount", m_invoice.rounding } }) {
            if (!amount.is_zero()) {
                total.amount(name, amount, currency());
            }
        }
        total.amount("cbc:PayableAmount", m_invoice.payable, currency());
    });
}

void UBLWriter::write_item(Element& line_element, EInvoiceLine const& line) const
{
    line_element.group("cac:Item", [&](Element& item) {
        item.text("cbc:Description", line.description);
        item.text("cbc:Name", line.name);
        write_reference(item, "cac:BuyersItemIdentification", line.buyer_id);
        write_reference(item, "cac:SellersItemIdentification", line.seller_id);
        item.group("cac:StandardItemIdentification",
            [&](Element& each) { each.identifier("cbc:ID", line.standard_id); });
        for (auto const& item_class : line.classes) {
            item.group("cac:CommodityClassification", [&](Element& each) {
                each.identifier("cbc:ItemClassificationCode", item_class, "listID");
            });
        }
        if (line.category) {
            write_tax_category(item, "cac:ClassifiedTaxCategory", *line.category, line.rate);
        }
        for (auto const& attribute : line.attributes) {
            item.group("cac:AdditionalItemProperty", [&](Element& each) {
                each.text("cbc:Name", attribute.name);
                each.text("cbc:Value", attribute.value);
            });
        }
    });
}

void UBLWriter::write_price(Element& line_element, EInvoiceLine const& line) const
{
    line_element.group("cac:Price", [&](Element& price) {
        // A unit price may have more than two decimals, and has at least those.
        auto const text = line.price.without_trailing_zeros();
        price.identifier("cbc:PriceAmount",
            { (text.scale() < 2 ? text.rounded(2, Rounding::half_away) : text).to_string(),
                currency() },
            "currencyID");
        if (line.base_quantity) {
            price.quantity("cbc:BaseQuantity", *line.base_quantity, line.base_unit);
        }
        if (line.price_gross) {
            price.group("cac:AllowanceCharge", [&](Element& discount) {
                discount.text("cbc:ChargeIndicator", "false");
                auto const off = line.price_discount.value_or(Decimal {});
                discount.identifier("cbc:Amount", { off.to_string(), currency() }, "currencyID");
                discount.identifier(
                    "cbc:BaseAmount", { line.price_gross->to_string(), currency() }, "currencyID");
            });
        }
    });
}

void UBLWriter::write_line(Element& root, EInvoiceLine const& line) const
{
    root.group(m_is_credit_note ? "cac:CreditNoteLine" : "cac:InvoiceLine", [&](Element& inner) {
        inner.text("cbc:ID", line.id);
        inner.text("cbc:Note", line.note);
        inner.quantity(m_is_credit_note ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity",
            line.quantity.value_or(Decimal {}), line.unit);
        inner.amount("cbc:LineExtensionAmount", line.net, currency());
        inner.text("cbc:AccountingCost", line.accounting_reference);
        if (line.period) {
            write_period(inner, *line.period);
        }
        inner.group("cac:OrderLineReference",
            [&](Element& reference) { reference.text("cbc:LineID", line.order_line); });
        for (auto const& each : line.allowance_charges) {
            write_allowance_charge(inner, each);
        }
        write_item(inner, line);
        write_price(inner, line);
    });
}

std::string UBLWriter::write()
{
    std::string const name = m_is_credit_note ? "CreditNote" : "Invoice";
    std::string const prefix = "urn:oasis:names:specification:ubl:schema:xsd:";
    Element root { name };
    root.node()
        .set("xmlns", prefix + name + "-2")
        .set("xmlns:cac", prefix + "CommonAggregateComponents-2")
        .set("xmlns:cbc", prefix + "CommonBasicComponents-2");
    write_header(root);
    write_references(root);
    write_parties(root);
    write_delivery(root);
    write_payment(root);
    for (auto const& each : m_invoice.allowance_charges) {
        write_allowance_charge(root, each);
    }
    write_tax_totals(root);
    write_totals(root);
    for (auto const& line : m_invoice.lines) {
        write_line(root, line);
    }
    return xml::write(root.node());
}

}

std::string write_ubl(EInvoice const& invoice) { return UBLWriter(invoice).write(); }

}
