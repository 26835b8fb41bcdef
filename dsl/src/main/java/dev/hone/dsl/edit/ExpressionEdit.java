package dev.hone.dsl.edit;

import dev.hone.dsl.feel.Feel;
import dev.hone.dsl.feel.FeelNames;
import dev.hone.dsl.feel.FeelReader;
import dev.hone.dsl.feel.FeelSyntaxException;
import dev.hone.dsl.feel.FeelWords;
import dev.hone.dsl.feel.FeelWords.Role;
import dev.hone.dsl.feel.FeelWords.Word;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Renames in one expression of the file, word by word, so that texts and fields of the same spelling stay. */
final class ExpressionEdit {

    private static final String LETTER = "[A-Za-z0-9_]";

    private final Page page;
    private final Yaml.Scalar scalar;
    private final Names names;
    private final Names.Place place;
    private final List<Word> words;

    ExpressionEdit(Page page, Yaml.Scalar scalar, Names names, Names.Place place) {
        this.page = page;
        this.scalar = scalar;
        this.names = names;
        this.place = place;
        this.words = words(scalar);
    }

    /** The expression without the mark before it. */
    static String feel(Yaml.Scalar scalar) {
        return scalar.text().substring(start(scalar));
    }

    private static int start(Yaml.Scalar scalar) {
        return scalar.text().startsWith("=") ? 1 : 0;
    }

    private static List<Word> words(Yaml.Scalar scalar) {
        try {
            return FeelWords.of(feel(scalar));
        } catch (FeelSyntaxException e) {
            return List.of(); // a duration
        }
    }

    /** The words to change, at their places in the scalar's value. */
    private List<Cut> inValue(Edit.Rename edit, Map<String, String> ids) throws Refusal {
        List<Cut> cuts = wordsOf(edit, ids);
        boolean bound = words.stream()
                        .anyMatch(
                                word -> word.role() == Role.NAME && word.name().equals(edit.to()))
                || (place.key().equals("by") && Names.COMPARED.contains(edit.to()));
        if (!cuts.isEmpty() && !edit.from().equals(edit.to())) {
            String start = scalar.text().substring(0, start(scalar));
            Feel after = parsed(Cut.apply(scalar.text(), cuts).substring(start.length()));
            if (bound || Records.all(after, Feel.Context.class).anyMatch(context -> readsOwn(context, edit.to()))) {
                throw unclear(edit.from(), "'" + edit.to() + "' is a name of the expression itself");
            }
        }
        return cuts;
    }

    private List<Cut> wordsOf(Edit.Rename edit, Map<String, String> ids) throws Refusal {
        List<Cut> cuts = new ArrayList<>();
        for (Word word : words) {
            boolean whole = words.size() == 1 && feel(scalar).strip().length() == word.to() - word.from();
            String to = names.means(word, whole, place, Edit.Kind.STEP) ? ids.get(word.name()) : null;
            if (to == null && word.name().equals(edit.from()) && names.means(word, whole, place, edit.kind())) {
                to = edit.to();
            }
            if (to != null && (word.role() == Role.FIELD || isFree(word.name()))) {
                cuts.add(new Cut(
                        word.from() + start(scalar),
                        word.to() + start(scalar),
                        FeelReader.isName(to) ? to : "`" + to + "`"));
            }
        }
        return cuts;
    }

    /** Whether the name is that of the scope; one that is bound in the expression is left alone. */
    private boolean isFree(String name) throws Refusal {
        Feel feel = parsed(feel(scalar));
        List<FeelNames.Path> paths = FeelNames.free(feel).stream()
                .filter(path -> path.root().equals(name))
                .toList();
        if (paths.stream().anyMatch(FeelNames.Path::inFilter)) {
            throw unclear(name, "inside of [...] it may also be a field of the item");
        }
        if (!paths.isEmpty() && Records.all(feel, Feel.Context.class).anyMatch(context -> readsOwn(context, name))) {
            throw unclear(name, "it is also a key of a context that reads it");
        }
        return !paths.isEmpty();
    }

    private static Feel parsed(String text) {
        try {
            return FeelReader.read(text);
        } catch (FeelSyntaxException e) {
            throw new IllegalStateException("An expression was read before: " + text, e);
        }
    }

    private static boolean readsOwn(Feel.Context context, String key) {
        boolean there = false;
        for (var entry : context.entries().entrySet()) {
            if (there && FeelNames.roots(entry.getValue()).contains(key)) {
                return true;
            }
            there = there || entry.getKey().equals(key);
        }
        return false;
    }

    private Refusal unclear(String name, String because) {
        return Refusal.at(
                scalar.where(),
                "What '" + name + "' means in this expression is not clear: " + because + ".",
                "Rename it in the text.");
    }

    String renamed(Edit.Rename edit, Map<String, String> ids) throws Refusal {
        return Cut.apply(scalar.text(), inValue(edit, ids));
    }

    /** The same cuts in the file. */
    List<Cut> cuts(Edit.Rename edit, Map<String, String> ids) throws Refusal {
        List<Cut> inFile = new ArrayList<>();
        for (Cut cut : inValue(edit, ids)) {
            int from = inFile(cut);
            inFile.add(new Cut(from, from + cut.to() - cut.from(), cut.with()));
        }
        return inFile;
    }

    /** Folding, escapes and indentation move characters, but words stay whole and in their order. */
    private int inFile(Cut cut) throws Refusal {
        String word = scalar.text().substring(cut.from(), cut.to());
        Pattern pattern = Pattern.compile("(?<!" + LETTER + ")" + Pattern.quote(word) + "(?!" + LETTER + ")");
        List<Integer> inValue = places(pattern, scalar.text());
        List<Integer> inText = places(pattern, page.text(scalar.span()));
        if (inValue.size() != inText.size()) {
            throw Refusal.at(
                    scalar.where(),
                    "This expression is written with escapes or a comment that hide where '" + word + "' stands.",
                    "Write the expression in one line.");
        }
        return scalar.span().from() + inText.get(inValue.indexOf(cut.from()));
    }

    private static List<Integer> places(Pattern pattern, String text) {
        List<Integer> places = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            places.add(matcher.start());
        }
        return places;
    }
}
