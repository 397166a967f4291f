package dev.keratin.backend.cpu;

import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a fusion of kind EPILOGUE: as one step where oneDNN can do that, else the first node and a pass over its result. */
final class EpilogueLowering {
    private EpilogueLowering() {}

    static void write(Node node, Code code) {
        Program body = ((Fusion) node.op()).body();
        if (Epilogues.accepts(body.nodes())) {
            Epilogues.fusion(node, code);
        } else {
            apart(node, body, code);
        }
    }

    private static void apart(Node node, Program body, Code code) {
        List<Node> chain = body.nodes().stream().filter(inner -> !(inner.op() instanceof Constant)).toList();
        Map<Value, Value> outer = new HashMap<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            outer.put(body.parameters().get(i), node.inputs().get(i));
        }
        Node first = chain.get(0);
        List<Value> operands = first.inputs().stream().map(outer::get).toList();
        Families.of(first.op()).write(new Node(first.op(), operands, node.outputs(), node.scope()), code);
        FusedCode pass = new FusedCode(FusedCode.Kind.LOOP, node.output().type().shape(), 0, 0);
        List<Node> rest = chain.subList(1, chain.size());
        pass.operand(first.output(), node.output(), first.output().type());
        for (Value parameter : body.parameters()) {
            if (rest.stream().anyMatch(inner -> inner.inputs().contains(parameter))) {
                pass.operand(parameter, outer.get(parameter), parameter.type());
            }
        }
        FusedLowering.constants(body, pass, code);
        rest.forEach(pass::instruction);
        pass.output(chain.get(chain.size() - 1).output(), node.output(), FusedCode.FULL);
        pass.write(node, code);
    }
}
