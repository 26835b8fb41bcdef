package dev.hone.broker;

/**
 * A sequence flow that a process instance took.
 *
 * @param flowId the id of the sequence flow in the process
 */
public record Passage(long instanceKey, String processId, String flowId) {}
