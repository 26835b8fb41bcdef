package dev.hone.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * That somebody changed something.
 *
 * @param name who
 * @param act what they did, as {@code key.create}
 * @param target what they did it to, by its name or id
 * @param detail a small object: what else there is to know
 */
public record AuditEntry(long id, String tenant, String name, String act, String target, JsonNode detail, Instant at) {}
