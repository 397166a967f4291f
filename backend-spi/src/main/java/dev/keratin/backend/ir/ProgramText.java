package dev.keratin.backend.ir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a program as text. */
final class ProgramText {
    private final Map<Value, Integer> numbers = new HashMap<>();
    private final StringBuilder text = new StringBuilder();

    ProgramText(Program program) {
        write(program, "");
    }

    private void write(Program program, String indent) {
        numbers.clear();
        text.append(program.parameters().stream().map(this::define).collect(Collectors.joining(", ", "(", ") {\n")));
        for (Node node : program.nodes()) {
            write(node, indent + "  ");
        }
        text.append(indent).append("  return ").append(names(program.results())).append('\n');
        for (Program.Update update : program.updates()) {
            text.append(indent).append("  update ").append(name(program.parameters().get(update.parameter())))
                    .append(" = ").append(name(update.value())).append('\n');
        }
        text.append(indent).append("}\n");
    }

    private void write(Node node, String indent) {
        String inputs = names(node.inputs());
        text.append(indent).append(node.outputs().stream().map(this::define).collect(Collectors.joining(", ")))
                .append(" = ").append(node.op()).append('(').append(inputs).append(')').append('\n');
        for (Program body : node.op().bodies()) {
            text.append(indent).append("  ").append(new ProgramText(body, indent + "  "));
        }
    }

    private ProgramText(Program body, String indent) {
        write(body, indent);
    }

    private String define(Value value) {
        numbers.put(value, numbers.size());
        return name(value) + ": " + value.type();
    }

    private String name(Value value) {
        return "%" + numbers.get(value);
    }

    private String names(List<Value> values) {
        return values.stream().map(this::name).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
