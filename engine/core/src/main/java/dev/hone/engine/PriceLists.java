package dev.hone.engine;

import dev.hone.dsl.Prices;
import dev.hone.dsl.Slot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The price lists: the one that comes with Hone, and the user's. */
public final class PriceLists {

    private static final String SHIPPED = "prices.yaml";

    private PriceLists() {}

    /** The list that comes with Hone. */
    public static Prices shipped() {
        try (InputStream text = Objects.requireNonNull(PriceLists.class.getResourceAsStream(SHIPPED))) {
            Prices.Listing.Read list = list(SHIPPED, new String(text.readAllBytes(), StandardCharsets.UTF_8));
            return new Prices(Optional.of(list.date()), list.models(), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The list that comes with Hone, behind the user's.
     *
     * @throws EngineException with all problems of the user's list
     */
    public static Prices withOwn(Path file) {
        Map<String, Slot.Price> own =
                list(file.toString(), new TextFile(file).read()).models();
        return shipped().withOwn(own);
    }

    private static Prices.Listing.Read list(String file, String text) {
        return switch (Prices.read(file, text)) {
            case Prices.Listing.Read read -> read;
            case Prices.Listing.Refused refused -> throw new EngineException(refused.problems());
        };
    }
}
