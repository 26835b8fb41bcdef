package dev.hone.engine;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.ProgramRecord;
import dev.hone.engine.rules.RuleBook;
import dev.hone.engine.work.Runs;
import dev.hone.engine.zeebe.Zeebe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The programs that runs run: kept in the ledger with their texts, known to the broker, and compiled once in this process. */
final class Programs {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final Zeebe zeebe;
    private final Workshop workshop;
    private final Map<String, Runs.Loaded> loaded = new ConcurrentHashMap<>();
    private final Map<String, Long> definitions = new ConcurrentHashMap<>();

    Programs(Ledger ledger, Zeebe zeebe, Workshop workshop) {
        this.ledger = ledger;
        this.zeebe = zeebe;
        this.workshop = workshop;
    }

    /** @param source from which it was compiled, itself or as a control */
    void deploy(Program program, Source source) {
        ledger.putProgram(
                new ProgramRecord(program.hash(), program.name(), source.file(), source.text(), source.companions()));
        loaded.computeIfAbsent(program.hash(), hash -> loaded(program));
        define(program, PATIENCE);
    }

    /**
     * The number that the broker knows a program by; one that it does not know is told to it.
     *
     * @param patience for how long to try again when nobody answers
     */
    long define(Program program, Duration patience) {
        return definitions.computeIfAbsent(
                program.hash(),
                hash -> zeebe.deploy(
                                program.name() + ".bpmn", program.bpmn().getBytes(StandardCharsets.UTF_8), patience)
                        .key());
    }

    /** One that was deployed before, by this process or another. */
    Program program(String hash) {
        return load(hash).program();
    }

    /** The same, with its rules. */
    Runs.Loaded load(String hash) {
        return loaded.computeIfAbsent(hash, h -> {
            ProgramRecord kept = ledger.program(h).orElseThrow();
            Source source = Source.of(kept);
            Program program = workshop.compile(source);
            if (!program.hash().equals(h)) {
                program = workshop.compileIndependentSamples(source).orElse(program);
            }
            if (!program.hash().equals(h)) {
                throw new EngineException(List.of(Problem.of(
                        ProblemCode.INTERNAL,
                        "the workflow " + kept.name()
                                + " compiles to another program than the one its runs began with.",
                        "Finish these runs with the version of Hone that started them, or start them anew.")));
            }
            return loaded(program);
        });
    }

    private static Runs.Loaded loaded(Program program) {
        return new Runs.Loaded(program, RuleBook.compile(program.workflow()));
    }
}
