package dev.hone.engine.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Options by non-dominated fronts, and within a front by how lonely they are (NSGA-II, Deb et al. 2002).
 *
 * @param front of each option, 0 is not dominated
 * @param crowding the distance to its neighbours; infinite at the ends
 */
record Ranking(Map<String, Integer> front, Map<String, Double> crowding) {

    static Ranking of(List<Option> options) {
        Map<String, Integer> front = new HashMap<>();
        Map<String, Double> crowding = new HashMap<>();
        List<Option> left = new ArrayList<>(options);
        for (int rank = 0; !left.isEmpty(); rank++) {
            List<Option> here = left.stream()
                    .filter(option -> left.stream().noneMatch(other -> dominates(other, option)))
                    .toList();
            for (Option option : here) {
                front.put(option.id(), rank);
            }
            crowd(here, crowding);
            left.removeAll(here);
        }
        return new Ranking(front, crowding);
    }

    private static void crowd(List<Option> front, Map<String, Double> crowding) {
        front.forEach(option -> crowding.put(option.id(), 0.0));
        int objectives =
                front.stream().mapToInt(option -> option.scores().size()).max().orElse(0);
        for (int i = 0; i < objectives; i++) {
            int objective = i;
            List<Option> sorted = front.stream()
                    .filter(option -> option.scores().size() > objective)
                    .sorted(Comparator.comparingDouble(option -> option.scores().get(objective)))
                    .toList();
            if (sorted.isEmpty()) {
                continue;
            }
            double width = sorted.getLast().scores().get(i)
                    - sorted.getFirst().scores().get(i);
            crowding.put(sorted.getFirst().id(), Double.POSITIVE_INFINITY);
            crowding.put(sorted.getLast().id(), Double.POSITIVE_INFINITY);
            for (int k = 1; k < sorted.size() - 1 && width > 0; k++) {
                double gap = sorted.get(k + 1).scores().get(i)
                        - sorted.get(k - 1).scores().get(i);
                crowding.merge(sorted.get(k).id(), gap / width, Double::sum);
            }
        }
    }

    /** In no objective worse, and in one better. */
    static boolean dominates(Option a, Option b) {
        boolean better = false;
        for (int i = 0; i < Math.min(a.scores().size(), b.scores().size()); i++) {
            if (a.scores().get(i) < b.scores().get(i)) {
                return false;
            }
            better |= a.scores().get(i) > b.scores().get(i);
        }
        return better;
    }

    boolean better(Option a, Option b) {
        int fronts = Integer.compare(front.getOrDefault(a.id(), 0), front.getOrDefault(b.id(), 0));
        return fronts != 0 ? fronts < 0 : crowding.getOrDefault(a.id(), 0.0) >= crowding.getOrDefault(b.id(), 0.0);
    }
}
