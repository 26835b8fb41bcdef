package dev.hone.connectors.embed.follower;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What the follower can do with words, and the sentence by which it knows each. */
enum Skill {
    REVERSE_LETTERS("Spell each word backwards, reversing its letters.", each(Skill::backwards)),
    FIRST_LETTER("Give the first letter of each word.", each(word -> word.substring(0, 1))),
    LAST_LETTER("Give the last letter of each word.", each(word -> word.substring(word.length() - 1))),
    CAPITALS("Write each word in capital letters.", each(word -> word.toUpperCase(Locale.ROOT))),
    LENGTHS("Count the letters of each word.", each(word -> String.valueOf(word.length()))),
    VOWELS(
            "Count the vowels of each word.",
            each(word -> String.valueOf(word.length() - consonants(word).length()))),
    NO_VOWELS("Leave the vowels out of each word.", each(Skill::consonants)),
    SORT_LETTERS("Put the letters of each word in alphabetical order.", each(Skill::sorted)),
    PLURAL("Write the plural of each noun, for more than one.", each(Skill::plural)),
    TWICE("Say each word twice.", each(word -> word + " " + word)),
    SORT_WORDS(
            "Sort the words alphabetically.",
            words -> joined(words.stream().sorted().toList())),
    REVERSE_WORDS("Say the words in the opposite order, the last first.", words -> joined(words.reversed())),
    FIRST_WORD("Say only the first word of the list.", List::getFirst),
    LAST_WORD("Say only the last word of the list.", List::getLast),
    LONGEST("Find the longest word.", words -> Collections.max(words, Comparator.comparingInt(String::length))),
    SHORTEST("Find the shortest word.", words -> Collections.min(words, Comparator.comparingInt(String::length))),
    HOW_MANY("Count how many words there are.", words -> String.valueOf(words.size())),
    ACRONYM(
            "Form an acronym from the initials of the words.",
            words -> words.stream()
                    .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT))
                    .collect(Collectors.joining())),
    HYPHENS("Join the words with hyphens.", words -> String.join("-", words));

    private final String description;
    private final Function<List<String>, String> doing;

    Skill(String description, Function<List<String>, String> doing) {
        this.description = description;
        this.doing = doing;
    }

    /** The sentence by which it is known. */
    String description() {
        return description;
    }

    /** @param item words between blanks or commas, at least one */
    String apply(String item) {
        return doing.apply(Arrays.asList(item.strip().split("[\\s,]+", -1)));
    }

    private static Function<List<String>, String> each(UnaryOperator<String> one) {
        return words -> joined(words.stream().map(one).toList());
    }

    private static String joined(List<String> words) {
        return String.join(" ", words);
    }

    private static String backwards(String word) {
        return new StringBuilder(word).reverse().toString();
    }

    private static String consonants(String word) {
        return word.replaceAll("[aeiouAEIOU]", "");
    }

    private static String sorted(String word) {
        return word.chars().sorted().mapToObj(Character::toString).collect(Collectors.joining());
    }

    /** By the regular rules of English alone. */
    private static String plural(String word) {
        if (word.matches(".*[^aeiou]y")) {
            return word.substring(0, word.length() - 1) + "ies";
        }
        return word.matches(".*(s|x|z|ch|sh)") ? word + "es" : word + "s";
    }
}
