package dev.hone.engine.compile;

/**
 * A way that a rule may send the flow from the job of one element.
 *
 * @param element the element whose job raises it
 * @param code the BPMN error code, for example {@code exit:search}
 * @param host the element whose boundary catches it: the element itself, or the outermost map left by the jump
 * @param target the id of the element where the flow goes on
 */
record Jump(String element, String code, String host, String target) {

    static String exit(String loop) {
        return "exit:" + loop;
    }

    static String to(String step) {
        return "goto:" + step;
    }
}
