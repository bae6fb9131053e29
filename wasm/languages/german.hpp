// German, in the polite form.
#pragma once

#include "wasm/phrases.hpp"

namespace slotguard::german {

constexpr std::string_view title(outcome what) noexcept {
    switch (what) {
    case outcome::booked: return "Gebucht";
    case outcome::slot_taken: return "Dieser Termin ist vergeben";
    case outcome::already_yours: return "Schon von Ihnen gebucht";
    case outcome::startup_busy: return "Sie haben dann schon einen Termin";
    case outcome::slot_held: return "Dieser Termin wird gerade gebucht";
    case outcome::mentor_unavailable: return "Nicht verfügbar";
    case outcome::outside_booking_window: return "Nicht buchbar";
    case outcome::limit_reached: return "Keine weiteren Termine";
    case outcome::invalid_time: return "Diese Uhrzeit gibt es nicht";
    case outcome::held: return "Für Sie reserviert";
    case outcome::hold_expired: return "Nicht mehr für Sie reserviert";
    case outcome::released: return "Freigegeben";
    case outcome::cancelled: return "Abgesagt";
    case outcome::already_cancelled: return "Schon abgesagt";
    case outcome::not_found: return "Nicht gefunden";
    case outcome::rescheduled: return "Verschoben";
    }
    return {};
}

constexpr std::string_view limit_body(session_limit limit) noexcept {
    switch (limit) {
    case session_limit::per_day:
        return "Die Mentorin oder der Mentor nimmt an diesem Tag keine Termine mehr an.";
    case session_limit::per_week:
        return "Die Mentorin oder der Mentor nimmt in dieser Woche keine Termine mehr an.";
    case session_limit::holds:
        return "Für Sie sind bereits so viele Termine reserviert, wie zugleich möglich sind. "
               "Bitte buchen Sie erst einen davon, oder geben Sie einen frei.";
    }
    return {};
}

constexpr std::string_view body(outcome what, booking_window window, session_limit limit) noexcept {
    switch (what) {
    case outcome::booked: return "Ihr Termin ist gebucht.";
    case outcome::slot_taken:
        return "Dieser Termin ist nicht mehr frei. Bitte wählen Sie eine andere Zeit.";
    case outcome::already_yours: return "Sie haben diesen Termin bereits gebucht.";
    case outcome::startup_busy: return "Sie haben zu dieser Zeit bereits einen anderen Termin.";
    case outcome::slot_held: return "Dieser Termin wird gerade von jemand anderem gebucht.";
    case outcome::mentor_unavailable:
        return "Die Mentorin oder der Mentor ist zu dieser Zeit nicht verfügbar.";
    case outcome::outside_booking_window:
        return window == booking_window::too_early ? "Diese Zeit kann noch nicht gebucht werden."
                                                   : "Diese Zeit kann nicht mehr gebucht werden.";
    case outcome::limit_reached: return limit_body(limit);
    case outcome::invalid_time: return "Diese Uhrzeit gibt es an diesem Tag nicht.";
    case outcome::held: return "Dieser Termin ist für Sie reserviert.";
    case outcome::hold_expired:
        return "Dieser Termin ist nicht mehr für Sie reserviert und inzwischen vergeben. "
               "Bitte wählen Sie eine andere Zeit.";
    case outcome::released: return "Dieser Termin ist wieder frei.";
    case outcome::cancelled: return "Ihr Termin ist abgesagt.";
    case outcome::already_cancelled: return "Dieser Termin war bereits abgesagt.";
    case outcome::not_found: return "Diesen Termin oder diese Reservierung gibt es nicht.";
    case outcome::rescheduled: return "Ihr Termin wurde verschoben.";
    }
    return {};
}

constexpr std::string_view state(slot_state state) noexcept {
    switch (state) {
    case slot_state::available: return "frei";
    case slot_state::booked: return "bereits gebucht";
    case slot_state::held: return "wird gerade gebucht";
    case slot_state::closed: return "nicht buchbar";
    }
    return {};
}

inline constexpr phrases words{
    .language = "de",
    .title = title,
    .body = body,
    .state = state,
    .in_the_past = "vergangen",
    .today = "Heute, {day}",
    .tomorrow = "Morgen, {day}",
    .day_and_time = "{day}, {time}",
    .slot = "{when}, Zeitzone {zone}, {state}",
    .slot_of_other_zone = "{when}, Zeitzone {zone}, für die Mentorin oder den Mentor "
                          "{mentor_when}, Zeitzone {mentor_zone}, {state}",
};
static_assert(says_everything(words));

} // namespace slotguard::german
