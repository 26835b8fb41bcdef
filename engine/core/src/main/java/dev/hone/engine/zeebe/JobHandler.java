package dev.hone.engine.zeebe;

/** Does the jobs of one type. Called on a virtual thread of its own, so it may block for as long as it takes. */
@FunctionalInterface
public interface JobHandler {

    /**
     * @throws Exception only for a defect: the job is tried again a second later while it has retries left, and then becomes
     *     an incident
     */
    Outcome handle(Job job) throws Exception;
}
