package dev.keratin.backend.cpu;

import dev.keratin.backend.ir.Cond;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.ir.While;
import java.util.List;

/** Writes control flow; bodies are parts of the step. */
final class ControlLowering {
    private ControlLowering() {}

    static void cond(Node node, Code code) {
        Cond cond = (Cond) node.op();
        List<Value> arguments = node.inputs().subList(1, node.inputs().size());
        code.begin(Opcode.COND, node).slot(node.inputs().get(0)).word(arguments.size());
        arguments.forEach(code::slot);
        code.word(node.outputs().size());
        node.outputs().forEach(code::slot);
        code.body(Lowering.body(cond.thenProgram(), code)).body(Lowering.body(cond.elseProgram(), code)).end();
    }

    static void whileLoop(Node node, Code code) {
        While loop = (While) node.op();
        code.begin(Opcode.WHILE, node);
        states(node.inputs(), node.outputs(), code);
        code.body(Lowering.body(loop.condition(), code)).body(Lowering.body(loop.body(), code)).end();
    }

    static void scan(Node node, Code code) {
        Scan scan = (Scan) node.op();
        int carries = scan.carries();
        int arguments = carries + scan.sequences();
        int results = scan.body().results().size();
        List<Value> in = node.inputs();
        List<Value> out = node.outputs();
        code.begin(Opcode.SCAN, node).word(scan.length()).flag(scan.reverse());
        states(in.subList(0, carries), out.subList(0, carries), code);
        parts(in.subList(carries, arguments), scan.length(), code);
        parts(in.subList(arguments, in.size()), 1, code);
        parts(out.subList(carries, results), scan.length(), code);
        parts(out.subList(results, out.size()), scan.length(), code);
        code.body(Lowering.body(scan.body(), code)).end();
    }

    private static void states(List<Value> from, List<Value> to, Code code) {
        code.word(from.size());
        for (int i = 0; i < from.size(); i++) {
            code.slot(from.get(i)).slot(to.get(i)).word(from.get(i).type().byteSize());
        }
    }

    private static void parts(List<Value> values, long length, Code code) {
        code.word(values.size());
        values.forEach(value -> code.slot(value).word(value.type().byteSize() / Math.max(1, length)));
    }
}
