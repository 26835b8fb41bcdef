package dev.hone.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who want to know when there is something new of a run. */
final class Followers {

    private static final System.Logger LOG = System.getLogger(Followers.class.getName());

    private final Map<String, List<Runnable>> followers = new ConcurrentHashMap<>();

    /** @return withdraws the follower */
    Runnable follow(String run, Runnable news) {
        Runnable own = news::run; // the same one may follow twice
        followers.compute(run, (id, known) -> {
            List<Runnable> all = known == null ? new CopyOnWriteArrayList<>() : known;
            all.add(own);
            return all;
        });
        return () -> followers.computeIfPresent(run, (id, known) -> {
            known.remove(own);
            return known.isEmpty() ? null : known;
        });
    }

    void tell(String run) {
        followers.getOrDefault(run, List.of()).forEach(Followers::tell);
    }

    void tellAll() {
        followers.values().forEach(all -> all.forEach(Followers::tell));
    }

    private static void tell(Runnable follower) {
        try {
            follower.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a follower failed; the run goes on", e);
        }
    }
}
