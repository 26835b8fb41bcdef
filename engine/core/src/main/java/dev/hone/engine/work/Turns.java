package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes parallel branches of a replay take turns as they did in the recorded run: its events are written in the recorded
 * order, and a call reads what it needs after the events that it had seen then. A turn that nobody takes for a while is
 * passed over, since under other rules the flow may go elsewhere. Thread-safe.
 */
final class Turns {

    /** @param kind of the event that is written; none when a call begins */
    private record Key(Place place, Optional<EventKind> kind) {}

    private static final class Turn {
        private final int number;
        private final @Nullable RunEvent event;
        private final CompletableFuture<Boolean> due = new CompletableFuture<>();
        private boolean over;

        Turn(int number, @Nullable RunEvent event) {
            this.number = number;
            this.event = event;
        }
    }

    private final Duration patience;
    private final List<Turn> all = new ArrayList<>();
    private final Map<Key, Deque<Turn>> byKey = new HashMap<>();
    private final Set<Turn> fromOutside = new HashSet<>();
    private final Set<Integer> waiting = new HashSet<>();
    private int next;

    /**
     * @param recorded in order
     * @param patience how long nothing happens before a turn is passed over
     */
    Turns(List<RunEvent> recorded, Duration patience) {
        this.patience = patience;
        Map<Long, List<Place>> beginnings = beginnings(recorded);
        long before = 0;
        Set<Place> answered = new HashSet<>();
        for (RunEvent event : recorded) {
            for (long seq = before; seq < event.seq(); seq++) {
                beginnings.getOrDefault(seq, List.of()).forEach(place -> add(new Key(place, Optional.empty()), null));
            }
            before = event.seq();
            Turn turn = add(new Key(Place.of(event), Optional.of(event.kind())), event);
            boolean late = event.kind() == EventKind.ANSWERED && answered.contains(Place.of(event));
            if (late || event.kind() == EventKind.TOLD || event.kind() == EventKind.BUDGET_RAISED) {
                fromOutside.add(turn);
            }
            if (event.kind() == EventKind.OUTPUT) {
                answered.add(Place.of(event));
            }
        }
        move();
    }

    /** The places where calls began, by the number of the last event that they had seen. */
    private static Map<Long, List<Place>> beginnings(List<RunEvent> recorded) {
        Map<Long, List<Place>> beginnings = new TreeMap<>();
        for (RunEvent event : recorded) {
            JsonNode seen = Json.read(event.body()).path("seen");
            if (seen.isIntegralNumber()) {
                List<Place> places = beginnings.computeIfAbsent(seen.asLong(), s -> new ArrayList<>());
                if (!places.contains(Place.of(event))) {
                    places.add(Place.of(event));
                }
            }
        }
        return beginnings;
    }

    private Turn add(Key key, @Nullable RunEvent event) {
        Turn turn = new Turn(all.size(), event);
        all.add(turn);
        byKey.computeIfAbsent(key, k -> new ArrayDeque<>()).add(turn);
        return turn;
    }

    void awaitBeginning(Place place) {
        await(new Key(place, Optional.empty()));
    }

    void begun(Place place) {
        over(new Key(place, Optional.empty()));
    }

    void await(Place place, EventKind kind) {
        await(new Key(place, Optional.of(kind)));
    }

    void written(Place place, EventKind kind) {
        over(new Key(place, Optional.of(kind)));
    }

    /** The event whose turn it is, if it is one that nobody inside the run makes. */
    synchronized Optional<RunEvent> dueFromOutside() {
        return next < all.size() && fromOutside.contains(all.get(next))
                ? Optional.ofNullable(all.get(next).event)
                : Optional.empty();
    }

    /** What was not recorded has no turn to wait for. */
    private void await(Key key) {
        Turn turn;
        synchronized (this) {
            turn = byKey.getOrDefault(key, new ArrayDeque<>()).peek();
            if (turn == null) {
                return;
            }
            waiting.add(turn.number);
        }
        try {
            int seen = position();
            while (true) {
                try {
                    turn.due.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                    return;
                } catch (TimeoutException e) {
                    seen = passOver(turn, seen);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            synchronized (this) {
                waiting.remove(turn.number);
            }
        }
    }

    private synchronized int position() {
        return next;
    }

    /** When nothing has moved and no earlier turn is waited for, those before this one will not come. */
    private synchronized int passOver(Turn turn, int seen) {
        boolean first = waiting.stream().noneMatch(number -> number < turn.number);
        if (next == seen && first) {
            for (int i = next; i < turn.number; i++) {
                all.get(i).over = true;
                all.get(i).due.complete(false);
            }
            move();
        }
        return next;
    }

    private synchronized void over(Key key) {
        Turn turn = byKey.getOrDefault(key, new ArrayDeque<>()).poll();
        if (turn != null) {
            turn.over = true;
            move();
        }
    }

    private void move() {
        while (next < all.size() && all.get(next).over) {
            next++;
        }
        if (next < all.size()) {
            all.get(next).due.complete(true);
        }
    }
}
