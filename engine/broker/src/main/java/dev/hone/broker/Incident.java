package dev.hone.broker;

/**
 * A place where Zeebe cannot go on by itself: a condition that is not a boolean, a collection that is not a list, an error
 * that nothing catches, a job without retries.
 *
 * @param key of the incident; the same one may be told again after a crash
 * @param jobKey of the job concerned, or -1
 * @param type Zeebe's name of the kind, such as {@code EXTRACT_VALUE_ERROR}
 * @param message in Zeebe's words, with the expression that failed
 */
public record Incident(
        long key, long instanceKey, String processId, String elementId, long jobKey, String type, String message) {}
