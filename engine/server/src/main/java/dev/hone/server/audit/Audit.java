package dev.hone.server.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.work.Json;
import dev.hone.server.security.Caller;
import dev.hone.server.store.AuditRows;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;

/**
 * Keeps who changed what. Every operation that changes something calls it after the change is made and before the answer is
 * sent: a change that its caller has heard of is in the log.
 */
@Singleton
public final class Audit {

    private final AuditRows rows;

    Audit(AuditRows rows) {
        this.rows = rows;
    }

    /** @param act what was done, as {@code key.create}: a kind of thing, a dot, a verb */
    public void record(Caller caller, String act, String target) {
        record(caller, act, target, Map.of());
    }

    /** @param detail what else there is to know, a few short values; never a secret, and no whole texts */
    public void record(Caller caller, String act, String target, Map<String, ?> detail) {
        record(caller, caller.tenant(), act, target, detail);
    }

    /** @param tenant whose thing it is, where the operator changes another tenant's */
    public void record(Caller caller, String tenant, String act, String target, Map<String, ?> detail) {
        ObjectNode object = Json.object();
        detail.forEach((name, value) -> object.set(name, Json.node(value)));
        rows.add(tenant, caller.name(), act, target, object, Instant.now());
    }
}
