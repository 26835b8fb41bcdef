package dev.hone.cli;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.use.Companions;
import dev.hone.engine.EngineException;
import dev.hone.engine.PersonFile;
import dev.hone.engine.Source;
import dev.hone.engine.TextFile;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.work.Json;
import dev.hone.workflows.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The workflow that a word of the command line names: a file, or an entry of the catalogue.
 *
 * @param cases the inputs that come with it, each a JSON object; none for a file
 * @param beside the other files of its folder
 * @param person the scripted person that comes with it; none for a file
 * @param catalogued whether it was named by its name, so that another text may have been promoted to its place
 */
record Choice(Source source, List<String> cases, Companions beside, Optional<PersonFile> person, boolean catalogued) {

    private static final String PERSON = "person.yaml";

    /** @throws EngineException when there is neither */
    static Choice of(String word) {
        Path file = TextFile.named(word).path();
        if (Files.exists(file)) {
            return new Choice(Source.read(file), List.of(), Source.beside(file), Optional.empty(), false);
        }
        return Catalogue.find(word)
                .map(entry -> new Choice(
                        Source.of(word + "/workflow.yaml", entry.text(), entry::file),
                        entry.inputs(),
                        entry::file,
                        entry.file(PERSON).map(text -> new PersonFile(word + "/" + PERSON, text)),
                        true))
                .orElseThrow(() -> new EngineException(List.of(Problem.of(
                        ProblemCode.NOT_FOUND,
                        "there is no file " + word + ", and no workflow of the catalogue has this name.",
                        "Give the path of a file, or one of: "
                                + Catalogue.entries().stream()
                                        .map(Catalogue.Entry::name)
                                        .collect(Collectors.joining(", "))
                                + "."))));
    }

    /** What runs of a tenant run in its place: the text that was promoted, if one was. */
    Choice promoted(Ledger ledger, String tenant) {
        return catalogued ? new Choice(chain(ledger, tenant).getLast(), cases, beside, person, true) : this;
    }

    /** The text that the one that was promoted last has taken the place of; its own if none was. */
    Source replaced(Ledger ledger, String tenant) {
        List<Source> chain = chain(ledger, tenant);
        return chain.size() < 2 ? source : chain.get(chain.size() - 2);
    }

    /** Its own text, the one that was promoted to its place, the one that was promoted to that one's, and so on. */
    private List<Source> chain(Ledger ledger, String tenant) {
        List<Source> chain = new ArrayList<>(List.of(source));
        for (Optional<Source> next;
                (next = next(ledger, tenant, chain.getLast())).isPresent() && !chain.contains(next.get()); ) {
            chain.add(next.get());
        }
        return chain;
    }

    private static Optional<Source> next(Ledger ledger, String tenant, Source source) {
        return ledger.holding(tenant, source.hash()).stream()
                .filter(promotion -> promotion.slot().equals(Promotion.WHOLE))
                .findFirst()
                .map(promotion -> Json.MAPPER.convertValue(Json.read(promotion.content()), Source.class));
    }
}
