package dev.hone.dsl.edit;

import dev.hone.dsl.Where;
import dev.hone.dsl.yaml.Yaml;
import java.util.List;

/** The items of a list, or the fields of a mapping, that stand between brackets, with commas between them. */
final class Brackets {

    private static final String COMMA = ", ";

    private final Page page;
    private final Where where;
    private final Yaml.Span all;
    private final List<Yaml.Span> members;

    private Brackets(Page page, Where where, Yaml.Span all, List<Yaml.Span> members) {
        this.page = page;
        this.where = where;
        this.all = all;
        this.members = members;
    }

    static Brackets of(Page page, Yaml.Items list) {
        return new Brackets(
                page,
                list.where(),
                list.span(),
                list.items().stream().map(Yaml::span).toList());
    }

    static Brackets of(Page page, Yaml.Fields mapping) {
        return new Brackets(
                page,
                mapping.where(),
                mapping.span(),
                mapping.entries().values().stream()
                        .map(entry -> new Yaml.Span(
                                entry.key().from(),
                                Math.max(entry.key().to(), entry.value().span().to()),
                                true))
                        .toList());
    }

    int count() {
        return members.size();
    }

    Yaml.Span member(int index) {
        return members.get(index);
    }

    /** What stands between the neighbours of a place of this list, or of the next place that has two. */
    String separator(int place) {
        return separatorOf(Math.min(place, members.size() - 1));
    }

    Cut insert(int index, String text, String separator) throws Refusal {
        if (members.isEmpty()) {
            return new Cut(all.from() + 1, all.from() + 1, text);
        }
        requireNoComment(Math.max(index - 1, 0), Math.min(index, members.size() - 1));
        if (index == 0) {
            int at = members.getFirst().from();
            return new Cut(at, at, text + separator);
        }
        if (index == members.size() && page.hasComment(members.getLast().to(), all.to())) {
            throw comment();
        }
        int at = members.get(index - 1).to();
        return new Cut(at, at, separator + text);
    }

    /** With the separator before it, or, of the first one, after it. */
    Cut remove(int index) throws Refusal {
        Yaml.Span member = members.get(index);
        requireNoComment(Math.max(index - 1, 0), Math.min(index + 1, members.size() - 1));
        if (index == members.size() - 1 && page.hasComment(member.to(), all.to())) {
            throw comment();
        }
        if (index > 0) {
            return new Cut(members.get(index - 1).to(), member.to(), "");
        }
        if (members.size() > 1) {
            return new Cut(member.from(), members.get(1).from(), "");
        }
        int comma = page.text().indexOf(',', member.to());
        return new Cut(member.from(), comma >= 0 && comma < all.to() ? comma + 1 : member.to(), "");
    }

    /** What {@link #remove} takes away besides the member. */
    String separatorOf(int index) {
        if (members.size() < 2) {
            return COMMA;
        }
        int before = Math.max(index, 1) - 1;
        return page.text()
                .substring(members.get(before).to(), members.get(before + 1).from());
    }

    void requireNoComment(int first, int last) throws Refusal {
        if (page.hasComment(members.get(first).from(), members.get(last).to())) {
            throw comment();
        }
        if (first == 0 && page.hasComment(all.from(), members.getFirst().from())) {
            throw comment();
        }
    }

    private Refusal comment() {
        return Refusal.at(
                where,
                "A comment stands between these brackets, and it is not clear to which part it belongs.",
                "Write the parts in lines of their own, without brackets, or move the comment out of them.");
    }
}
