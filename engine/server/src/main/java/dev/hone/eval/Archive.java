package dev.hone.eval;

import dev.hone.engine.Engine;
import dev.hone.engine.Source;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.ProgramRecord;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.RunSetup;
import java.util.List;
import java.util.Optional;

/** Where the runs and the promoted versions of one tenant are kept. */
public interface Archive {

    /** A program that was deployed, by its hash. */
    Optional<ProgramRecord> program(String hash);

    /** A run of the tenant; empty for another's. */
    Optional<RunRecord> run(String id);

    /** All that happened in a run of the tenant. */
    List<RunEvent> events(String run);

    /** The versions that runs of a text begin with, at most one for each slot. */
    List<Promotion> holding(Source source);

    /** Adds a version, with the next number of its workflow and slot. @return it with its number */
    Promotion promote(Promotion promotion);

    /** Takes a version back. @return false when it was taken back before */
    boolean rollBack(Promotion promotion, Promotion.Act act);

    /** For messages: {@code in this data directory}. */
    String place();

    /** For messages: what to do when something is kept elsewhere. */
    String elsewhere();

    /** A data directory that nobody runs in at the moment. @param tenant who says nothing of one sees the runs of all */
    static Archive of(Ledger ledger, Optional<String> tenant) {
        String whose = tenant.orElse(RunSetup.NOBODY);
        return new Archive() {
            @Override
            public Optional<ProgramRecord> program(String hash) {
                return ledger.program(hash);
            }

            @Override
            public Optional<RunRecord> run(String id) {
                return tenant.isPresent() ? ledger.run(whose, id) : ledger.run(id);
            }

            @Override
            public List<RunEvent> events(String run) {
                return ledger.events(run, 0, Integer.MAX_VALUE);
            }

            @Override
            public List<Promotion> holding(Source source) {
                return ledger.holding(whose, source.hash());
            }

            @Override
            public Promotion promote(Promotion promotion) {
                return ledger.promote(whose, promotion);
            }

            @Override
            public boolean rollBack(Promotion promotion, Promotion.Act act) {
                return ledger.rollBack(whose, promotion, act);
            }

            @Override
            public String place() {
                return "in this data directory";
            }

            @Override
            public String elsewhere() {
                return "Name the one in which it ran with --data-dir.";
            }
        };
    }

    /** What an engine has of a tenant. */
    static Archive of(Engine engine, String tenant) {
        return new Archive() {
            @Override
            public Optional<ProgramRecord> program(String hash) {
                return engine.kept(hash);
            }

            @Override
            public Optional<RunRecord> run(String id) {
                return engine.find(tenant, id);
            }

            @Override
            public List<RunEvent> events(String run) {
                return engine.events(run);
            }

            @Override
            public List<Promotion> holding(Source source) {
                return engine.promotions().holding(tenant, source);
            }

            @Override
            public Promotion promote(Promotion promotion) {
                return engine.promotions().promote(tenant, promotion);
            }

            @Override
            public boolean rollBack(Promotion promotion, Promotion.Act act) {
                return engine.promotions().rollBack(tenant, promotion, act);
            }

            @Override
            public String place() {
                return "on this server";
            }

            @Override
            public String elsewhere() {
                return "Evaluate it here, as the same tenant.";
            }
        };
    }
}
