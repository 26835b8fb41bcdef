package dev.hone.server.security;

import dev.hone.dsl.ProblemCode;
import io.micronaut.core.annotation.Introspected;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * That a secret gives way to another.
 *
 * @param grace how long the present one holds besides, an ISO 8601 duration up to 30 days: {@code PT24H}; an hour when absent
 */
@Introspected
public record Rotation(@Nullable Duration grace) {

    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration MOST = Duration.ofDays(30);

    /** @throws dev.hone.engine.EngineException when it is too long, or negative */
    public Duration length() {
        Duration length = grace == null ? USUAL : grace;
        if (length.isNegative() || length.compareTo(MOST) > 0) {
            throw KeyController.refused(
                    ProblemCode.BAD_SETTING, "grace is " + length + ".", "Give a duration from PT0S to P30D.");
        }
        return length;
    }
}
