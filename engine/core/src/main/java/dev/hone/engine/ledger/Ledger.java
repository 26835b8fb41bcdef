package dev.hone.engine.ledger;

import dev.hone.connectors.api.Usage;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The append-only history of runs: in one directory that belongs to one process at a time, or in a PostgreSQL database that
 * several processes share.
 *
 * <p>What a method has written when it returns outlives the process. Writers of one run take turns, in whatever process they
 * are, so that its events are numbered without gaps and a reader that asks for "after n" never misses one. Thread-safe; every
 * method throws {@link LedgerException} when the database fails.
 */
public final class Ledger implements AutoCloseable {

    private final Database database;
    private final String id;
    private final Accounts accounts = new Accounts();
    private final Spending spending = new Spending(accounts);
    private final Memories memories = new Memories();
    private final ConcurrentHashMap<String, Object> turns = new ConcurrentHashMap<>();
    private final List<Consumer<RunEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<Companion> companions = new CopyOnWriteArrayList<>();
    private final List<Consumer<News>> hearers = new CopyOnWriteArrayList<>();
    /** Names this process among those on the database. */
    private final String node = UUID.randomUUID().toString();

    private final Starts starts = new Starts(node);
    /** None where nobody else writes. */
    private final @Nullable Announcements announcements;

    private Ledger(Database database) {
        this.database = database;
        this.id = database.read(handle ->
                handle.select("select id from ledger").mapTo(String.class).one());
        this.announcements = database.shared() ? new Announcements(database, id, node, this::heard) : null;
    }

    /** Names this ledger among all others, for ever. */
    public String id() {
        return id;
    }

    public static Ledger open(Path directory) {
        return new Ledger(FileDatabase.open(directory));
    }

    /** One that other processes may have open, too. */
    public static Ledger open(DatabaseAddress address) {
        return new Ledger(PostgresDatabase.open(address));
    }

    /** Whether a directory has a ledger already. */
    public static boolean isIn(Path directory) {
        return FileDatabase.isIn(directory);
    }

    /** For tests; gone when closed. */
    public static Ledger inMemory() {
        return new Ledger(Database.memory(UUID.randomUUID().toString()));
    }

    /** Where it keeps everything. */
    public Database database() {
        return database;
    }

    /** The time, by the one clock that all processes on the database have. */
    public Instant now() {
        return database.shared()
                ? database.read(handle -> handle.select("select clock_timestamp()")
                        .map((row, context) ->
                                row.getObject(1, OffsetDateTime.class).toInstant())
                        .one())
                : Instant.now();
    }

    @Override
    public void close() {
        if (announcements != null) {
            announcements.close();
        }
        database.close();
    }

    /** Lets tables beside the ledger's be written with its events, from now on. */
    public void accompany(Companion companion) {
        companion.prepare(database);
        companions.add(companion);
    }

    // --- programs and runs

    /** Keeps a program; one with its hash that is there already stays. */
    public void putProgram(ProgramRecord program) {
        database.transaction(handle -> {
            if (program(handle, program.hash()).isEmpty()) {
                handle.execute(
                        "insert into program (hash, name, file, text) values (?, ?, ?, ?)",
                        program.hash(),
                        program.name(),
                        program.file(),
                        program.text());
                program.companions()
                        .forEach((path, text) -> handle.execute(
                                "insert into program_file (program, path, text) values (?, ?, ?)",
                                program.hash(),
                                path,
                                text));
            }
            return true;
        });
    }

    public Optional<ProgramRecord> program(String hash) {
        return database.read(handle -> program(handle, hash));
    }

    private static Optional<ProgramRecord> program(Handle handle, String hash) {
        return handle.select("select hash, name, file, text from program where hash = ?", hash)
                .map((row, context) -> new ProgramRecord(
                        row.getString("hash"),
                        row.getString("name"),
                        row.getString("file"),
                        row.getString("text"),
                        companions(handle, hash)))
                .findOne();
    }

    private static Map<String, String> companions(Handle handle, String program) {
        return handle.select("select path, text from program_file where program = ?", program)
                .collectRows(Collectors.toMap(
                        row -> row.getColumn("path", String.class), row -> row.getColumn("text", String.class)));
    }

    /** Keeps a run, which this process is to start; its program must be there. */
    public void createRun(RunRecord run) {
        database.transaction(handle -> {
            RunRows.create(handle, run, Optional.empty());
            starts.begin(handle, run.id());
            return true;
        });
    }

    /**
     * Keeps a run, unless its tenant has one of the same key. Of callers at the same time one makes it.
     *
     * @return the run of this key, which may be another, with what was asked for then
     */
    public KeyedRun createRun(RunRecord run, RequestKey key) {
        String tenant = Setup.of(run.setup()).tenant();
        return database.transaction(handle -> RunRows.keyed(handle, tenant, key.key())
                .orElseGet(() -> {
                    RunRows.create(handle, run, Optional.of(key));
                    starts.begin(handle, run.id());
                    return new KeyedRun(run.id(), key.request());
                }));
    }

    public Optional<RunRecord> run(String id) {
        return database.read(handle -> handle.select(RUNS + " where id = ?", id)
                .map((row, context) -> runRecord(row))
                .findOne());
    }

    /**
     * Keeps a run with its first events, which another run has, and what their calls have cost, all or nothing. It is charged to
     * no account again.
     *
     * @param of the other run
     * @param events numbered from 1
     */
    public void fork(RunRecord run, String of, List<RunEvent> events) {
        database.transaction(handle -> {
            RunRows.create(handle, run, Optional.empty());
            events.forEach(event -> insert(handle, event));
            starts.begin(handle, run.id());
            Spending.copy(handle, of, run.id());
            return true;
        });
        events.forEach(event -> listeners.forEach(listener -> listener.accept(event)));
    }

    /** A run of a tenant; another tenant's is none. */
    public Optional<RunRecord> run(String tenant, String id) {
        return database.read(handle -> handle.select(RUNS + " where id = ? and tenant = ?", id, tenant)
                .map((row, context) -> runRecord(row))
                .findOne());
    }

    /** The runs that have not ended, oldest first. */
    public List<RunRecord> unfinished() {
        return database.read(handle -> handle.select(RUNS + " where finished = false order by created_at, id")
                .map((row, context) -> runRecord(row))
                .list());
    }

    /** The runs that an operator has paused, by their names. */
    public List<String> paused() {
        return database.read(handle -> handle.select("select id from run where state = ?", RunPhase.PAUSED.name())
                .mapTo(String.class)
                .list());
    }

    /** The latest runs, newest first. */
    public List<RunRecord> latest(int limit) {
        return database.read(handle -> handle.select(RUNS + " order by created_at desc, id desc limit ?", limit)
                .map((row, context) -> runRecord(row))
                .list());
    }

    /** The runs that fit a query, newest first. What it takes does not grow with the number of runs that there are. */
    public RunPage runs(RunQuery query) {
        return database.read(handle -> RunRows.page(handle, query));
    }

    /** What a list says of one run. */
    public Optional<RunSummary> summary(String run) {
        return database.read(handle -> RunRows.find(handle, run));
    }

    /**
     * The runs with a label whose value begins so, newest first. Of longer values the first 200 characters are compared. Forks
     * have the labels of their run, but nobody asked for them by these.
     */
    public List<RunRecord> labelled(String label, String prefix) {
        return database.read(handle -> handle.select(
                        RUNS + " join run_label l on l.run = run.id where l.name = ? and l.label like ? escape '!'"
                                + " and run.fork_of is null"
                                + " order by l.created_at desc, l.run desc",
                        RunRows.name(label),
                        RunRows.beginning(prefix))
                .map((row, context) -> runRecord(row))
                .list());
    }

    private static final String RUNS = "select id, workflow, program, setup, run.created_at from run";

    private static RunRecord runRecord(ResultSet row) throws SQLException {
        return new RunRecord(
                row.getString("id"),
                row.getString("workflow"),
                row.getString("program"),
                row.getString("setup"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    // --- what a process that ended left undone

    /**
     * Claims runs that have no instance and whose claims are as old as that, so that whoever made them is taken for dead.
     *
     * @return those that this process is to start
     */
    public List<RunRecord> claimUnstarted(Duration age) {
        List<String> left = database.read(handle -> starts.unclaimed(handle, age));
        return left.stream()
                .filter(run -> database.transaction(handle -> starts.claim(handle, run, age)))
                .flatMap(run -> run(run).stream())
                .toList();
    }

    /** Lets go of a claim: whoever looks next may start the run. */
    public void unclaim(String run) {
        database.transaction(handle -> starts.unclaim(handle, run));
    }

    /** Says that the broker has an instance of a run, though nobody could write so. */
    public void hasInstance(String run) {
        database.transaction(handle -> starts.started(handle, run));
    }

    /** The runs with an answer that they have not taken. */
    public List<String> withAnswers() {
        return runsWith("t.state in ('ANSWERED', 'REJECTED') and t.taken = false");
    }

    /** The runs with a question that nobody has answered. */
    public List<String> withQuestions() {
        return runsWith("t.state in ('OPEN', 'LATE')");
    }

    private List<String> runsWith(String task) {
        return database.read(handle -> handle.select("select distinct t.run from task t join run r on r.id = t.run"
                        + " where r.finished = false and " + task)
                .mapTo(String.class)
                .list());
    }

    // --- promoted versions of slots

    /** Adds a version, with the next number of its workflow and slot. @return it with its number */
    public Promotion promote(Promotion promotion) {
        return promote(Setup.NOBODY, promotion);
    }

    /** The same for the runs of a tenant alone. */
    public Promotion promote(String tenant, Promotion promotion) {
        return database.transaction(handle -> Promotions.add(handle, tenant, promotion));
    }

    /** All versions of a workflow's slots, oldest first, those that were taken back among them. */
    public List<Promotion> promotions(String workflow) {
        return promotions(Setup.NOBODY, workflow);
    }

    /** The same of a tenant. */
    public List<Promotion> promotions(String tenant, String workflow) {
        return database.read(handle -> Promotions.of(handle, tenant, workflow));
    }

    /** The versions that hold for a text, at most one for each slot. @param source the hash of the text */
    public List<Promotion> holding(String source) {
        return holding(Setup.NOBODY, source);
    }

    /** The same for the runs of a tenant. */
    public List<Promotion> holding(String tenant, String source) {
        return database.read(handle -> Promotions.holding(handle, tenant, source));
    }

    /** Takes a version back, so that the one before it holds again. @return false when it was taken back before */
    public boolean rollBack(Promotion promotion, Promotion.Act act) {
        return rollBack(Setup.NOBODY, promotion, act);
    }

    /** The same of a tenant. */
    public boolean rollBack(String tenant, Promotion promotion, Promotion.Act act) {
        return database.transaction(handle -> Promotions.rollBack(handle, tenant, promotion, act));
    }

    // --- tenants

    /**
     * Records that a tenant has deployed a program, which must be there, as the next version of the workflow, unless the
     * latest version is this program.
     *
     * @return the latest version, then
     */
    public Deployment deploy(String tenant, String workflow, String program, String by) {
        Instant now = now().truncatedTo(ChronoUnit.MICROS);
        return database.transaction(handle -> Deployments.add(handle, tenant, workflow, program, by, now));
    }

    /** The latest versions of a tenant's workflows, by name. */
    public DeploymentPage deployments(String tenant, Optional<Cursor> after, int limit) {
        return database.read(handle -> Deployments.page(handle, tenant, after, limit));
    }

    /** The versions of a tenant's workflow, newest first. */
    public List<Deployment> versions(String tenant, String workflow, int most) {
        return database.read(handle -> Deployments.versions(handle, tenant, workflow, most));
    }

    /** A version of a tenant's workflow. @param version the latest when empty */
    public Optional<Deployment> deployment(String tenant, String workflow, Optional<Integer> version) {
        return database.read(handle -> Deployments.find(handle, tenant, workflow, version));
    }

    /** What a tenant may spend on a day, in the place of what its accounts say; empty when nobody has said so. */
    public Optional<Limits> limit(String tenant) {
        return database.read(handle -> TenantLimits.of(handle, tenant));
    }

    /** Says what a tenant may spend on a day from now on. @param limits empty for what its accounts say */
    public void limit(String tenant, Optional<Limits> limits, String by) {
        database.transaction(handle -> {
            TenantLimits.set(handle, tenant, limits, by, Instant.now());
            return true;
        });
    }

    // --- events

    /** Calls {@code listener} after each event is committed, in order for each run, on the writer's thread. */
    public void onAppend(Consumer<RunEvent> listener) {
        listeners.add(listener);
    }

    public void removeListener(Consumer<RunEvent> listener) {
        listeners.remove(listener);
    }

    /** Tells what other processes did to runs, on a thread of its own; where there are none, nothing. */
    public void onNews(Consumer<News> hearer) {
        hearers.add(hearer);
    }

    private void heard(News news) {
        hearers.forEach(hearer -> hearer.accept(news));
    }

    /** Tells other processes that a run is about to be cancelled. */
    public void announceCancelling(String run) {
        if (announcements != null) {
            database.transaction(handle -> {
                announcements.cancelling(handle, run);
                return true;
            });
        }
    }

    /** Writes an event; false when one with its key is there already. */
    public boolean append(String run, NewEvent event) {
        return !write(run, List.of(event), (handle, fresh) -> {}).isEmpty();
    }

    /**
     * Writes an event, unless one with its key is there already, for a writer who decided by what the run was.
     *
     * @param seen the number of the last event that the writer knew
     * @return false when the run has others since, and nothing is written
     */
    public boolean appendAfter(String run, long seen, NewEvent event) {
        boolean[] still = {true};
        write(run, List.of(event), tip -> still[0] = tip.seq() == seen, (handle, fresh) -> {});
        return still[0];
    }

    /** Writes an event and what it leaves to other runs, all or nothing. */
    public void appendAndRemember(String run, NewEvent event, List<MemoryItem> items) {
        write(run, List.of(event), (handle, fresh) -> {
            if (!fresh.isEmpty()) {
                memories.add(handle, fresh.getFirst(), items);
            }
        });
    }

    /** What runs left in a scope, oldest first; of one key the latest. */
    public List<String> remembered(String scope, int most) {
        return database.read(handle -> memories.latest(handle, scope, most));
    }

    /** Which memories of a tenant's workflow have items, by name. */
    public List<MemoryUse> memories(String tenant, String workflow) {
        return database.read(handle -> memories.uses(handle, tenant, workflow));
    }

    /** The items of a memory, newest first. @param before the id of the last one that is known; empty for the first page */
    public List<KeptItem> kept(String tenant, String workflow, String memory, Optional<Long> before, int limit) {
        return database.read(handle -> memories.page(handle, tenant, workflow, memory, before, limit));
    }

    /** Forgets an item, and with one that has a key those that it has replaced. @return how many are gone */
    public int forget(String tenant, String workflow, String memory, long item) {
        return database.transaction(handle -> memories.forget(handle, tenant, workflow, memory, item));
    }

    /** Forgets all items of a memory. @return how many */
    public int forget(String tenant, String workflow, String memory) {
        return database.transaction(handle -> memories.forget(handle, tenant, workflow, memory));
    }

    /** Writes events and settles a reservation, all or nothing; events that are there already stay. */
    public void appendAndSettle(String run, List<NewEvent> events, SpendKey key, Usage real) {
        write(run, events, (handle, fresh) -> spending.settle(handle, run, key, real));
    }

    private List<RunEvent> write(String run, List<NewEvent> events, BiConsumer<Handle, List<RunEvent>> besides) {
        return write(run, events, tip -> true, besides);
    }

    /** @param wanted whether to write at all */
    private List<RunEvent> write(
            String run, List<NewEvent> events, Predicate<Tip> wanted, BiConsumer<Handle, List<RunEvent>> besides) {
        synchronized (turn(run)) {
            List<RunEvent> written = database.transaction(handle -> {
                Tip tip = Tip.of(database, handle, run);
                if (!wanted.test(tip)) {
                    return List.of();
                }
                List<RunEvent> fresh = new ArrayList<>();
                for (NewEvent event : events) {
                    if (!exists(handle, run, event)) {
                        fresh.add(insert(handle, run, tip.seq() + fresh.size() + 1, tip.now(), event));
                    }
                }
                besides.accept(handle, fresh);
                fresh.forEach(event -> starts.happened(handle, event));
                if (announcements != null) {
                    announcements.written(handle, run, fresh);
                }
                return fresh;
            });
            written.forEach(event -> listeners.forEach(listener -> listener.accept(event)));
            return written;
        }
    }

    private static boolean exists(Handle handle, String run, NewEvent event) {
        return handle.select(
                        "select 1 from event where run = ? and element = ? and iteration = ? and attempt = ? and kind = ?",
                        run,
                        event.element(),
                        event.iteration(),
                        event.attempt(),
                        event.kind().name())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private RunEvent insert(Handle handle, String run, long seq, Instant now, NewEvent event) {
        return insert(
                handle,
                new RunEvent(
                        run,
                        seq,
                        event.element(),
                        event.iteration(),
                        event.attempt(),
                        event.kind(),
                        now,
                        event.body()));
    }

    private RunEvent insert(Handle handle, RunEvent event) {
        handle.execute(
                "insert into event (run, seq, element, iteration, attempt, kind, at, body) values (?, ?, ?, ?, ?, ?, ?, ?)",
                event.run(),
                event.seq(),
                event.element(),
                event.iteration(),
                event.attempt(),
                event.kind().name(),
                event.at().atOffset(ZoneOffset.UTC),
                event.body());
        RunRows.happened(handle, event);
        companions.forEach(companion -> companion.happened(handle, event));
        return event;
    }

    /** The events of a run with a larger number, in order. */
    public List<RunEvent> events(String run, long after, int limit) {
        return database.read(handle -> handle.select(
                        "select seq, element, iteration, attempt, kind, at, body from event"
                                + " where run = ? and seq > ? order by seq limit ?",
                        run,
                        after,
                        limit)
                .map((row, context) -> event(run, row))
                .list());
    }

    static RunEvent event(String run, ResultSet row) throws SQLException {
        return new RunEvent(
                run,
                row.getLong("seq"),
                row.getString("element"),
                row.getString("iteration"),
                row.getInt("attempt"),
                EventKind.valueOf(row.getString("kind")),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("body"));
    }

    // --- tasks

    /** The tasks that fit a query, oldest first. No event is read. */
    public TaskPage tasks(TaskQuery query) {
        Instant now = now();
        return database.read(handle -> Tasks.page(handle, query, now));
    }

    /** @param task its {@link Task#id} */
    public Optional<Task> task(String task) {
        return database.read(handle -> Tasks.find(handle, Tasks.Key.parse(task)));
    }

    /** Takes a task for somebody. @return false when it is not open, or somebody else's claim holds */
    public boolean claim(String task, String by, Instant until) {
        Instant now = now();
        return database.transaction(handle -> Tasks.claim(handle, Tasks.Key.parse(task), by, until, now));
    }

    /** Gives a claim back; another's stays. */
    public void release(String task, String by) {
        database.transaction(handle -> {
            Tasks.release(handle, Tasks.Key.parse(task), by);
            return true;
        });
    }

    /** Keeps what somebody has written so far, as JSON. @return false when it is not open, or somebody else's claim holds */
    public boolean draft(String task, String by, String draft) {
        Instant now = now();
        return database.transaction(handle -> Tasks.draft(handle, Tasks.Key.parse(task), by, draft, now));
    }

    /**
     * Writes what somebody has said to a task, unless somebody else's claim holds.
     *
     * @return the claim that holds; empty when it was written, or something was said before
     */
    public Optional<Task.Claim> appendUnlessClaimed(String task, String by, NewEvent event) {
        Tasks.Key key = Tasks.Key.parse(task);
        Instant now = now();
        try {
            write(
                    key.run(),
                    List.of(event),
                    (handle, fresh) -> Tasks.kept(handle, key, by, now).ifPresent(claim -> {
                        throw new Kept(claim);
                    }));
            return Optional.empty();
        } catch (Kept e) {
            return Optional.of(e.claim);
        }
    }

    /** Rolls back what was to be written. */
    private static final class Kept extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Task.Claim claim;

        Kept(Task.Claim claim) {
            super(claim.by());
            this.claim = claim;
        }
    }

    // --- spending

    /**
     * Sets aside the most that a try may use, before it is made.
     *
     * <p>The sum of what was used and what is set aside never exceeds the limits, whatever happens between.
     *
     * @param limits of the run
     * @param shares of the loops around the try, outermost first
     * @param account that it is taken from, too; none for what is not paid again
     */
    public Reservation reserve(
            String run, SpendKey key, Usage most, Limits limits, List<Share> shares, Optional<Account> account) {
        account.ifPresent(from -> accounts.open(database, from));
        synchronized (turn(run)) {
            return database.transaction(handle -> {
                Tip.lock(database, handle, run);
                return spending.reserve(handle, run, key, most, limits, shares, account);
            });
        }
    }

    /** What a tenant's runs have used, and set aside, on a day of UTC. */
    public Spent spent(String tenant, LocalDate day) {
        return database.read(handle -> Accounts.spent(handle, tenant, day)).orElse(Spent.NOTHING);
    }

    /** Gives back what was set aside for a try that cost nothing. */
    public void release(String run, SpendKey key) {
        synchronized (turn(run)) {
            database.transaction(handle -> {
                Tip.lock(database, handle, run);
                return spending.release(handle, run, key);
            });
        }
    }

    /** What was used, and what is set aside: what may not be spent again. */
    public Usage committed(String run) {
        return database.read(handle -> spending.committed(handle, run));
    }

    private Object turn(String run) {
        return turns.computeIfAbsent(run, r -> new Object());
    }
}
