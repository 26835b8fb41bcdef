package dev.hone.dsl.edit;

/** Makes edits. Pure and safe on any input. */
public final class Edits {

    private static final String MARK = "\uFEFF";

    private Edits() {}

    /**
     * Makes the edit by cutting and inserting: what it is not about stays as it is, to the byte. The new text is read
     * again; when it does not say exactly what the edit is to bring about, the edit is refused.
     *
     * @param file the name to use in problems; it is not opened
     */
    public static Edited apply(String file, String text, Edit edit) {
        String mark = text.startsWith(MARK) ? MARK : "";
        try {
            Source source = Source.read(file, text.substring(mark.length()));
            Plan plan = plan(source, edit);
            Proof.of(file, source, plan);
            return done(text, mark + plan.text());
        } catch (Refusal e) {
            return new Edited.Refused(e.problems());
        }
    }

    private static Plan plan(Source source, Edit edit) throws Refusal {
        return switch (edit) {
            case Edit.SetField set -> new FieldEdits(source).set(set);
            case Edit.RemoveField remove -> new FieldEdits(source).remove(remove);
            case Edit.InsertStep insert -> new StepEdits(source).insert(insert);
            case Edit.RemoveStep remove -> new StepEdits(source).remove(remove);
            case Edit.MoveStep move -> new StepEdits(source).move(move);
            case Edit.WrapInLoop wrap -> new StepEdits(source).wrap(wrap);
            case Edit.Rename rename -> new Renaming(source, rename).plan();
        };
    }

    /** The range is the smallest that splits no character and no line end. */
    private static Edited.Done done(String old, String text) {
        int most = Math.min(old.length(), text.length());
        int from = 0;
        while (from < most && old.charAt(from) == text.charAt(from)) {
            from++;
        }
        while (from > 0 && (isSplit(old, from) || isSplit(text, from))) {
            from--;
        }
        int same = 0;
        while (same < most - from && old.charAt(old.length() - 1 - same) == text.charAt(text.length() - 1 - same)) {
            same++;
        }
        while (same > 0 && (isSplit(old, old.length() - same) || isSplit(text, text.length() - same))) {
            same--;
        }
        return new Edited.Done(text, from, old.length() - same);
    }

    private static boolean isSplit(String text, int at) {
        return at > 0
                && at < text.length()
                && (Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at))
                        || (text.charAt(at - 1) == '\r' && text.charAt(at) == '\n'));
    }
}
