package dev.hone.server;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param next the cursor that the next part is asked for with; none when this is the last
 */
@Schema(name = "Page")
public record Page<T>(List<T> items, Optional<String> next) {

    /** How many where a request does not say. */
    public static final String USUAL = "50";

    /** How many at the most. */
    public static final int MOST = 200;
}
