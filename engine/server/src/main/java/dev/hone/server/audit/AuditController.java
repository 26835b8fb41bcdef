package dev.hone.server.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.server.Page;
import dev.hone.server.security.Caller;
import dev.hone.server.security.Role;
import dev.hone.server.store.AuditEntry;
import dev.hone.server.store.AuditQuery;
import dev.hone.server.store.AuditRows;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who changed what. Nothing of it can be changed. */
@Controller("/api/v1/audit")
@Secured(Role.MAY_ADMINISTER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Audit")
class AuditController {

    private final AuditRows rows;

    AuditController(AuditRows rows) {
        this.rows = rows;
    }

    /**
     * @param name who
     * @param act what they did, as {@code key.create}
     * @param target what they did it to
     * @param detail what else there is to know
     */
    @Schema(name = "AuditEntry")
    record Line(Instant at, String tenant, String name, String act, String target, JsonNode detail) {
        static Line of(AuditEntry entry) {
            return new Line(entry.at(), entry.tenant(), entry.name(), entry.act(), entry.target(), entry.detail());
        }
    }

    /**
     * Lists who changed what, newest first.
     *
     * @param name who
     * @param act what they did; what ends in a star stands for all that begin so: {@code key.*}
     * @param target what they did it to
     * @param from the first moment
     * @param before the moment after the last
     * @param tenant another one than the caller's; for the operator of the server
     * @param after the cursor of the part before
     * @param limit how many at the most, up to 200
     */
    @Get
    Page<Line> list(
            @Nullable @QueryValue String name,
            @Nullable @QueryValue String act,
            @Nullable @QueryValue String target,
            @Nullable @QueryValue Instant from,
            @Nullable @QueryValue Instant before,
            @Nullable @QueryValue String tenant,
            @Nullable @QueryValue String after,
            @QueryValue(defaultValue = Page.USUAL) int limit,
            Authentication who) {
        if (limit < 1 || limit > Page.MOST) {
            throw refused(
                    "limit is " + limit + ", and a part has 1 to " + Page.MOST + " entries.", "Correct the limit.");
        }
        String whose = Caller.of(who).tenant(Optional.ofNullable(tenant));
        List<AuditEntry> found = rows.list(new AuditQuery(
                Optional.of(whose),
                Optional.ofNullable(name),
                Optional.ofNullable(act),
                Optional.ofNullable(target),
                Optional.ofNullable(from),
                Optional.ofNullable(before),
                Optional.ofNullable(after).map(AuditController::number),
                limit + 1));
        boolean more = found.size() > limit;
        List<AuditEntry> part = more ? found.subList(0, limit) : found;
        return new Page<>(
                part.stream().map(Line::of).toList(),
                more ? Optional.of(Long.toString(part.getLast().id())) : Optional.empty());
    }

    private static long number(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw refused("there is no part after " + cursor + ".", "Give what next says in the part before.");
        }
    }

    private static EngineException refused(String what, String fix) {
        return new EngineException(List.of(Problem.of(ProblemCode.BAD_REQUEST, what, fix)));
    }
}
