package dev.hone.engine.rules;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.RuleFile;
import dev.hone.dsl.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.ParserError;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.definition.KiePackage;
import org.kie.api.definition.rule.Global;

/** Trusted DRL to a rule base: Drools makes Java of it and compiles that in memory. */
final class DrlCompiler {

    /** The names of the globals that a file may declare. */
    static final String FLOW = "flow";

    static final String FEEL = "feel";

    private static final Map<String, Class<?>> GLOBALS =
            Map.of(FLOW, DrlText.Effects.class, FEEL, DrlText.Conditions.class);

    /** Longest file, in UTF-16 units. */
    private static final int MAX_LENGTH = 1_000_000;

    private static final Pattern NUMBER_AND_PLACE = Pattern.compile("^\\[ERR \\d+] Line \\d+:\\d+ ");

    /**
     * @param places of the rules, by name
     * @param globals that the file declares
     */
    record Compiled(KieBase base, Map<String, Where> places, Set<String> globals) {}

    private final RuleFile.Drl file;
    private final String text;
    private final List<Problem> problems;
    private final int before;

    private DrlCompiler(RuleFile.Drl file, List<Problem> problems) {
        this.file = file;
        this.text = file.text().orElseThrow();
        this.problems = problems;
        this.before = problems.size();
    }

    /** @return empty when problems were added */
    static Optional<Compiled> compile(RuleFile.Drl file, List<Problem> problems) {
        return new DrlCompiler(file, problems).compile();
    }

    private Optional<Compiled> compile() {
        if (text.length() > MAX_LENGTH) {
            bad(
                    new Where(file.shown(), 1, 1),
                    "The file has " + text.length() + " characters; " + MAX_LENGTH + " are allowed.");
            return Optional.empty();
        }
        Map<String, Where> places = places();
        if (problems.size() > before) {
            return Optional.empty();
        }
        Optional<KieBase> base = build();
        Set<String> globals = new HashSet<>();
        base.ifPresent(built -> built.getKiePackages().forEach(each -> globals(each, globals)));
        return problems.size() > before ? Optional.empty() : base.map(built -> new Compiled(built, places, globals));
    }

    /** Where each rule begins. */
    private Map<String, Where> places() {
        DrlParser parser = new DrlParser();
        Map<String, Where> places = new HashMap<>();
        try {
            PackageDescr parsed = parser.parse(false, text);
            for (DroolsError error : parser.getErrors()) {
                Where where = error instanceof ParserError at
                        ? at(at.getRow(), at.getCol() + 1)
                        : at(error.getLines().length == 0 ? 1 : error.getLines()[0], 1);
                bad(where, sentence(error.getMessage()));
            }
            if (parsed != null) {
                parsed.getRules().forEach(rule -> places.put(rule.getName(), at(rule.getLine(), rule.getColumn() + 1)));
            }
        } catch (DroolsParserException e) {
            bad(at(1, 1), sentence(String.valueOf(e.getMessage())));
        }
        return places;
    }

    private Optional<KieBase> build() {
        KieServices services = KieServices.get();
        ReleaseId id =
                services.newReleaseId("dev.hone", "rules", UUID.randomUUID().toString());
        ClassLoader loader = DrlCompiler.class.getClassLoader();
        KieFileSystem files =
                services.newKieFileSystem().generateAndWritePomXML(id).write("src/main/resources/rules.drl", text);
        try {
            KieBuilder builder = services.newKieBuilder(files, loader).buildAll(ExecutableModelProject.class);
            List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
            List<String> generated = new ArrayList<>();
            errors.stream().map(Message::getText).filter(DrlCompiler::isSource).forEach(generated::add);
            errors.stream()
                    .filter(error -> !isSource(error.getText()))
                    .forEach(error -> bad(where(error, generated), sentence(error.getText())));
            return errors.isEmpty()
                    ? Optional.of(services.newKieContainer(id, loader).getKieBase())
                    : Optional.empty();
        } finally {
            services.getRepository().removeKieModule(id);
        }
    }

    private void globals(KiePackage each, Set<String> globals) {
        for (Global global : each.getGlobalVariables()) {
            Class<?> type = GLOBALS.get(global.getName());
            if (type == null || !type.getCanonicalName().equals(global.getType().replace('$', '.'))) {
                bad(find(global.getName()).orElse(at(1, 1)), "The global '" + global.getName() + "' is not provided.");
            }
            globals.add(global.getName());
        }
    }

    // --- from Drools' messages to places in the file

    /** Drools tells with a mistake in the Java that it made, too, what that Java is. */
    private static boolean isSource(String message) {
        return message.startsWith("Java source of ");
    }

    private Where where(Message error, List<String> generated) {
        String path = error.getPath() == null ? "" : error.getPath();
        if (path.endsWith(".drl") && error.getLine() > 0) {
            return at(error.getLine(), Math.max(0, error.getColumn()) + 1);
        }
        Optional<Where> found = path.endsWith(".java")
                ? generated.stream()
                        .filter(source -> source.startsWith("Java source of " + path))
                        .findFirst()
                        .flatMap(source -> line(source, error.getLine()))
                        .flatMap(this::find)
                : find(error.getText().substring(error.getText().lastIndexOf(": ") + 1));
        return found.orElse(at(1, 1));
    }

    /** A line of the generated Java, below the message's own first line. */
    private static Optional<String> line(String source, int number) {
        return source.lines().skip(Math.max(0, number)).findFirst();
    }

    /** Where a piece of code stands that Drools shows with other blanks. */
    private Optional<Where> find(String code) {
        String pattern = Stream.of(code.strip().split("(?<=\\W)|(?=\\W)"))
                .filter(part -> !part.isBlank())
                .map(Pattern::quote)
                .collect(Collectors.joining("\\s*"));
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return code.isBlank() || !matcher.find() ? Optional.empty() : Optional.of(at(matcher.start()));
    }

    private Where at(int offset) {
        int line =
                (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
        return at(line, offset - text.lastIndexOf('\n', offset - 1));
    }

    private Where at(int line, int column) {
        return new Where(file.shown(), Math.max(1, line), Math.max(1, column));
    }

    private static String sentence(String message) {
        String said = NUMBER_AND_PLACE.matcher(message.strip()).replaceFirst("");
        return "This is no DRL: " + said.replaceAll("\\s+", " ").replaceAll("\\.$", "") + ".";
    }

    private void bad(Where where, String what) {
        problems.add(Problem.at(
                where,
                ProblemCode.BAD_DRL,
                what,
                "Correct the file; it may use the facts, and the globals 'DrlText.Effects flow' and"
                        + " 'DrlText.Conditions feel' of dev.hone.engine.rules."));
    }
}
