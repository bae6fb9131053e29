#include "extension/direct_delete.hpp"

#include "extension/direct_write.hpp"
#include "extension/postgres_versions.hpp"

namespace slotguard {
namespace {

/** Whether the row is as it was, and is ours from now on. */
bool lock_row(Relation table, ItemPointerData place, LockWaitPolicy if_locked) {
    TupleTableSlot* slot = table_slot_create(table, nullptr);
    const Snapshot latest = RegisterSnapshot(GetLatestSnapshot());
    TM_FailureData failure;
    const TM_Result result =
        table_tuple_lock(table, &place, latest, slot, GetCurrentCommandId(true), LockTupleExclusive,
                         if_locked, TUPLE_LOCK_FLAG_LOCK_UPDATE_IN_PROGRESS, &failure);
    UnregisterSnapshot(latest);
    ExecDropSingleTupleTableSlot(slot);
    return result == TM_Ok;
}

/** False where a BEFORE trigger keeps the row. */
bool delete_row(EState* state, ResultRelInfo* target, ItemPointerData place) {
    Relation table = target->ri_RelationDesc;
    TransitionCaptureState* transition =
        MakeTransitionCaptureState(table->trigdesc, RelationGetRelid(table), CMD_DELETE);
    EPQState recheck;
    init_recheck(&recheck, state);
    ExecBSDeleteTriggers(state, target);
    const bool has_before = table->trigdesc && table->trigdesc->trig_delete_before_row;
    const bool is_to_go = !has_before || fire_before_delete(state, &recheck, target, &place);
    if (is_to_go) {
        simple_table_tuple_delete(table, &place, GetActiveSnapshot());
        ExecARDeleteTriggers(state, target, &place, nullptr, transition, false);
    }
    ExecASDeleteTriggers(state, target, transition);
    EvalPlanQualEnd(&recheck);
    return is_to_go;
}

} // namespace

deletion delete_directly(Relation table, ItemPointerData place, LockWaitPolicy if_locked) {
    CheckCmdReplicaIdentity(table, CMD_DELETE);
    if (!lock_row(table, place, if_locked))
        return deletion::missed;
    ResultRelInfo* target;
    EState* state = begin_write(table, target);
    const bool is_gone = delete_row(state, target, place);
    end_write(state, target);
    return is_gone ? deletion::done : deletion::left;
}

} // namespace slotguard
