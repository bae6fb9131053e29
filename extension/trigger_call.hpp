// What every trigger function of ours asks first: is it called as its trigger calls it?
#pragma once

#include "extension/postgres_headers.hpp"

namespace slotguard {

/** 39P01 where `name` is called otherwise than by a row-level trigger of that timing. */
inline const TriggerData& trigger_call(FunctionCallInfo fcinfo, const char* name,
                                       TriggerEvent timing) {
    if (!CALLED_AS_TRIGGER(fcinfo))
        ereport(ERROR, errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                errmsg("%s() can only be called as a trigger", name));
    const TriggerData& call = *reinterpret_cast<TriggerData*>(fcinfo->context);
    if ((call.tg_event & TRIGGER_EVENT_TIMINGMASK) != timing ||
        !TRIGGER_FIRED_FOR_ROW(call.tg_event))
        ereport(ERROR, errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                errmsg("%s() must be fired %s and FOR EACH ROW", name,
                       timing == TRIGGER_EVENT_BEFORE ? "BEFORE" : "AFTER"),
                errhint("Run setup_booking(), which makes its trigger."));
    return call;
}

/** Anybody may put these functions on a table of theirs, whose columns are not what ours are. */
inline void check_is_on(const TriggerData& call, Oid table, const char* name) {
    if (RelationGetRelid(call.tg_relation) != table)
        ereport(ERROR, errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                errmsg("%s() belongs to another table than \"%s\"", name,
                       RelationGetRelationName(call.tg_relation)),
                errhint("Drop this trigger."));
}

/** The row that is written, and the one that it replaces; nullptr where there is none. */
inline TupleTableSlot* new_slot(const TriggerData& call) {
    if (TRIGGER_FIRED_BY_DELETE(call.tg_event))
        return nullptr;
    return TRIGGER_FIRED_BY_UPDATE(call.tg_event) ? call.tg_newslot : call.tg_trigslot;
}
inline TupleTableSlot* old_slot(const TriggerData& call) {
    return TRIGGER_FIRED_BY_INSERT(call.tg_event) ? nullptr : call.tg_trigslot;
}
inline HeapTuple new_tuple(const TriggerData& call) {
    if (TRIGGER_FIRED_BY_DELETE(call.tg_event))
        return nullptr;
    return TRIGGER_FIRED_BY_UPDATE(call.tg_event) ? call.tg_newtuple : call.tg_trigtuple;
}

} // namespace slotguard
