#include "apps/sales/quote/quote_messages.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/quote_close/quote_close_table.h"

namespace cashline::sales {

namespace {

Result<Row> active_quote_of(Unit& unit, Row const& close)
{
    auto const target = close.get(quote_close::quote);
    if (!target) {
        return invalid("InvalidArgument", "Name the quote that is closed.", "quoteid");
    }
    auto source = TRY(unit.retrieve_for_update(quote::table, target->id));
    if (source.get(quote::state) != QuoteState::active) {
        return conflict("InvalidStateCodeStatusCode",
            "Only an active quote can be won or closed. Activate a draft first; a closed one stays "
            "closed.");
    }
    return source;
}

Result<void> write_resolution(Unit& unit, Row close, Row const& source, std::string_view outcome)
{
    close.set_table(quote_close::table);
    if (close.is_null(quote_close::subject)) {
        close.set(quote_close::subject, std::string(outcome) + ": " + source.text_or(quote::name));
    }
    close.set(quote_close::regarding, Lookup { quote::table, source.id() })
        .set(quote_close::quote_number, source.get(quote::number))
        .set(quote_close::revision, source.get(quote::revision))
        .set(quote_close::actual_end, close.get(quote_close::actual_end).value_or(unit.now()))
        .set(quote_close::state, ActivityPointerState::completed)
        .set(quote_close::status, ActivityPointerStatus::completed);
    TRY(unit.create(std::move(close)));
    return {};
}

Result<void> end_quote(Unit& unit, Row const& source, QuoteState state, QuoteStatus status)
{
    return unit.update(quote::table, source.id(),
        Row {}
            .set(quote::state, state)
            .set(quote::status, status)
            .set(quote::closed_on, unit.today()));
}

}

Result<NoReply> win_quote(Unit& unit, WinQuote const& request)
{
    auto const source = TRY(active_quote_of(unit, request.close));
    if (request.status != -1 && request.status != 4) {
        return invalid(
            "InvalidStateCodeStatusCode", "A won quote has the reason Won (4).", "statuscode");
    }
    TRY(write_resolution(unit, request.close, source, "Won"));
    TRY(end_quote(unit, source, QuoteState::won, QuoteStatus::won));
    return NoReply {};
}

Result<NoReply> close_quote(Unit& unit, CloseQuote const& request)
{
    auto const source = TRY(active_quote_of(unit, request.close));
    if (request.status != -1 && (request.status < 5 || request.status > 7)) {
        return invalid("InvalidStateCodeStatusCode",
            "A closed quote is Lost (5), Canceled (6) or Revised (7).", "statuscode");
    }
    auto const status =
        request.status == -1 ? QuoteStatus::revised : static_cast<QuoteStatus>(request.status);
    TRY(write_resolution(unit, request.close, source, "Closed"));
    TRY(end_quote(unit, source, QuoteState::closed, status));
    return NoReply {};
}

}
