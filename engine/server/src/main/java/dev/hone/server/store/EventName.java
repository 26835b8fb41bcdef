package dev.hone.server.store;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What webhooks can be told of. */
public enum EventName {
    /** A run has begun. */
    RUN_STARTED,
    /** A run is held until somebody lets it go on. */
    RUN_PAUSED,
    /** A run goes on that was held or had ended. */
    RUN_RESUMED,
    /** A run has ended. */
    RUN_FINISHED,
    /** A run asks a person. */
    TASK_WAITING,
    /** A person has answered, or said that there will be no answer. */
    TASK_ANSWERED,
    /** Somebody tries the webhook; every webhook is told. */
    TEST;

    /** As requests and messages have it: {@code run.finished}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Those that can be asked for. */
    public static List<String> words() {
        return Arrays.stream(values())
                .filter(name -> name != TEST)
                .map(EventName::word)
                .toList();
    }
}
