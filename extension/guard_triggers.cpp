#include "extension/guard_triggers.hpp"

#include "extension/booking_tables.hpp"

namespace slotguard {
namespace {

struct guard_trigger {
    const char* name;
    const char* function;
};
constexpr std::array<guard_trigger, 3> guard_triggers{
    {{"zz_prepare_session", "prepare_session"},
     {"no_overlapping_sessions", "check_mentor_is_free"},
     {"no_overlapping_startup_sessions", "check_startup_is_free"}}};

bool is_enabled(const Trigger& trigger) {
    return trigger.tgenabled == TRIGGER_FIRES_ON_ORIGIN ||
           trigger.tgenabled == TRIGGER_FIRES_ALWAYS;
}

bool is_function(Oid function, const char* name, Oid schema) {
    const char* found = get_func_name(function);
    return found && strcmp(found, name) == 0 && get_func_namespace(function) == schema;
}

/** Whether that trigger is one of the guard's, as it is made. */
bool is(const Trigger& trigger, const guard_trigger& wanted, Oid schema) {
    const bool is_before = wanted.name == guard_triggers[0].name;
    return strcmp(trigger.tgname, wanted.name) == 0 && TRIGGER_FOR_ROW(trigger.tgtype) &&
           bool(TRIGGER_FOR_BEFORE(trigger.tgtype)) == is_before &&
           TRIGGER_FOR_INSERT(trigger.tgtype) && TRIGGER_FOR_UPDATE(trigger.tgtype) &&
           trigger.tgnattr == 0 && !trigger.tgqual && !trigger.tgdeferrable &&
           is_function(trigger.tgfoid, wanted.function, schema);
}

bool is_journal(const Trigger& trigger, Oid schema) {
    return strcmp(trigger.tgname, "aa_journal_session") == 0 && is_enabled(trigger) &&
           TRIGGER_FOR_ROW(trigger.tgtype) && TRIGGER_FOR_AFTER(trigger.tgtype) &&
           TRIGGER_FOR_INSERT(trigger.tgtype) && !trigger.tgqual && !trigger.tgdeferrable &&
           is_function(trigger.tgfoid, "journal_session", schema);
}

/** Whoever writes the event by itself must be sure that nobody changes the session before. */
Oid find_sole_journal(const TriggerDesc* triggers, const sessions_table& sessions, Oid functions) {
    Oid journal = InvalidOid;
    for (int i = 0; triggers && i < triggers->numtriggers; ++i) {
        const Trigger& trigger = triggers->triggers[i];
        if (trigger.tgenabled == TRIGGER_DISABLED || !TRIGGER_FOR_INSERT(trigger.tgtype) ||
            !TRIGGER_FOR_AFTER(trigger.tgtype))
            continue;
        if (is_journal(trigger, functions))
            journal = trigger.tgoid;
        else if (std::find(sessions.guard.begin(), sessions.guard.end(), trigger.tgoid) ==
                 sessions.guard.end())
            return InvalidOid;
    }
    return journal;
}

} // namespace

void find_guard_triggers(Relation table, sessions_table& sessions) {
    const Oid functions = find_internal_schema();
    sessions.guard = {};
    sessions.is_alone_before = true;
    bool last_in_inserts = false, last_in_updates = false;
    // A copy: looking functions up takes in messages, by which the cached one may be renewed.
    const TriggerDesc* triggers = CopyTriggerDesc(table->trigdesc);
    for (int i = 0; triggers && i < triggers->numtriggers; ++i) {
        const Trigger& trigger = triggers->triggers[i];
        if (!is_enabled(trigger) && trigger.tgenabled != TRIGGER_FIRES_ON_REPLICA)
            continue;
        const auto ours =
            std::find_if(guard_triggers.begin(), guard_triggers.end(),
                         [&](const auto& wanted) { return is(trigger, wanted, functions); });
        if (ours != guard_triggers.end() && is_enabled(trigger))
            sessions.guard[std::size_t(ours - guard_triggers.begin())] = trigger.tgoid;
        if (!TRIGGER_FOR_BEFORE(trigger.tgtype))
            continue;
        const bool is_ours = ours != guard_triggers.end() && is_enabled(trigger);
        if (TRIGGER_FOR_INSERT(trigger.tgtype))
            sessions.is_alone_before &= is_ours;
        if (TRIGGER_FOR_ROW(trigger.tgtype) && TRIGGER_FOR_INSERT(trigger.tgtype))
            last_in_inserts = is_ours;
        if (TRIGGER_FOR_ROW(trigger.tgtype) && TRIGGER_FOR_UPDATE(trigger.tgtype))
            last_in_updates = is_ours;
    }
    sessions.sole_journal = find_sole_journal(triggers, sessions, functions);
    sessions.has_the_last_word = last_in_inserts;
    sessions.is_prepared = last_in_inserts && last_in_updates;
    sessions.is_guarded =
        std::find(sessions.guard.begin(), sessions.guard.end(), InvalidOid) == sessions.guard.end();
}

} // namespace slotguard
