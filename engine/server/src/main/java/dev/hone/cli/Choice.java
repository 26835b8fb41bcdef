package dev.hone.cli;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.use.Companions;
import dev.hone.engine.EngineException;
import dev.hone.engine.PersonFile;
import dev.hone.engine.Source;
import dev.hone.engine.TextFile;
import dev.hone.workflows.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The workflow that a word of the command line names: a file, or an entry of the catalogue.
 *
 * @param cases the inputs that come with it, each a JSON object; none for a file
 * @param beside the other files of its folder
 * @param person the scripted person that comes with it; none for a file
 */
record Choice(Source source, List<String> cases, Companions beside, Optional<PersonFile> person) {

    private static final String PERSON = "person.yaml";

    /** @throws EngineException when there is neither */
    static Choice of(String word) {
        Path file = TextFile.named(word).path();
        if (Files.exists(file)) {
            return new Choice(Source.read(file), List.of(), Source.beside(file), Optional.empty());
        }
        return Catalogue.find(word)
                .map(entry -> new Choice(
                        Source.of(word + "/workflow.yaml", entry.text(), entry::file),
                        entry.inputs(),
                        entry::file,
                        entry.file(PERSON).map(text -> new PersonFile(word + "/" + PERSON, text))))
                .orElseThrow(() -> new EngineException(List.of(Problem.of(
                        ProblemCode.NOT_FOUND,
                        "there is no file " + word + ", and no workflow of the catalogue has this name.",
                        "Give the path of a file, or one of: "
                                + Catalogue.entries().stream()
                                        .map(Catalogue.Entry::name)
                                        .collect(Collectors.joining(", "))
                                + "."))));
    }
}
