package dev.hone.engine.work;

/** Where chance at a place of a run comes from: the run's seed and the place decide it, not the time or the try. */
public final class Seeds {

    private Seeds() {}

    /**
     * @param run the run's seed
     * @param place what asks for chance, for example a step
     * @param iteration where in the maps and loops it stands, as text
     */
    public static long at(long run, String place, String iteration) {
        long hash = run;
        for (char c : (place + "@" + iteration).toCharArray()) {
            hash = (hash ^ c) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        return hash * 0x9E3779B97F4A7C15L;
    }
}
