package dev.hone.engine.zeebe;

import java.time.Duration;
import java.util.Map;

/**
 * One service task, waiting to be done. Delivered at least once: after a crash the same key comes again.
 *
 * @param key of the job, stable over redeliveries and retries
 * @param elementId of the service task in the BPMN
 * @param elementInstanceKey new for every visit of the element: each turn of a loop, each branch of a multi-instance
 * @param instanceKey of the process instance
 * @param retries left, this attempt included
 * @param headers the task headers written in the BPMN
 * @param variables what the task sees, a JSON object as text
 * @param waited how long it has waited here for its turn
 */
public record Job(
        long key,
        String type,
        String processId,
        String elementId,
        long elementInstanceKey,
        long instanceKey,
        int retries,
        Map<String, String> headers,
        String variables,
        Duration waited) {}
