package dev.hone.dsl.check;

import dev.hone.dsl.Type;
import dev.hone.dsl.Value;
import dev.hone.dsl.feel.Feel;
import java.util.Map;

/** What can be said of a value without running anything. */
final class Types {

    private Types() {}

    static Type of(Value value) {
        return switch (value) {
            case Value.Text text -> Type.TEXT;
            case Value.Number number -> Type.NUMBER;
            case Value.Bool bool -> Type.BOOLEAN;
            case Value.Items items -> new Type.ListOf(Type.ANY);
            case Value.Fields fields -> Type.ANY;
            case Value.Nothing nothing -> Type.ANY;
            case Value.Computed computed -> Type.ANY;
        };
    }

    static Type of(Feel feel, Map<String, Type> scope) {
        return switch (feel) {
            case Feel.Name(String name) -> scope.getOrDefault(name, Type.ANY);
            case Feel.Field(Feel of, String field) -> field(of(of, scope), field);
            case Feel.Range range -> new Type.ListOf(Type.NUMBER);
            case Feel.Text text -> Type.TEXT;
            case Feel.Num num -> Type.NUMBER;
            case Feel.Bool bool -> Type.BOOLEAN;
            case Feel.Filter(Feel list, Feel.Num index) -> itemOf(of(list, scope));
            case Feel.Filter filter -> Type.ANY;
            case Feel.Null n -> Type.ANY;
            case Feel.Negate n -> Type.NUMBER;
            case Feel.Arithmetic a -> Type.ANY;
            case Feel.Compare c -> Type.BOOLEAN;
            case Feel.And a -> Type.BOOLEAN;
            case Feel.Or o -> Type.BOOLEAN;
            case Feel.Invoke i -> Type.ANY;
            case Feel.If i -> Type.ANY;
            case Feel.ListOf l -> new Type.ListOf(Type.ANY);
            case Feel.Context c -> Type.ANY;
            case Feel.For f -> new Type.ListOf(Type.ANY);
            case Feel.Quantified q -> Type.BOOLEAN;
            case Feel.Other o -> Type.ANY;
        };
    }

    static Type itemOf(Type type) {
        return type instanceof Type.ListOf(Type items) ? items : Type.ANY;
    }

    /** Of a list the field of every item, as in FEEL. */
    static Type field(Type type, String field) {
        return switch (type) {
            case Type.Any any -> Type.ANY;
            case Type.Scalar scalar -> Type.ANY;
            case Type.ListOf(Type items) -> new Type.ListOf(field(items, field));
            case Type.Fields(Map<String, Type> fields, boolean open) -> fields.getOrDefault(field, Type.ANY);
        };
    }

    /** Whether a value of the type can have the field. */
    static boolean has(Type type, String field) {
        return switch (type) {
            case Type.Any any -> true;
            case Type.Scalar scalar -> false;
            case Type.ListOf(Type items) -> has(items, field);
            case Type.Fields(Map<String, Type> fields, boolean open) -> open || fields.containsKey(field);
        };
    }
}
