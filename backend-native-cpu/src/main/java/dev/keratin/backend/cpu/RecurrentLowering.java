package dev.keratin.backend.cpu;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;
import java.util.List;

/** Writes recurrent layers over whole sequences, and their gradients. */
final class RecurrentLowering {
    private RecurrentLowering() {}

    /** The operands but the mask, the results, then the mask if there is one: the only operand that is bool. */
    static void sequence(Opcode opcode, Node node, Code code) {
        List<Value> operands = node.inputs();
        Value last = operands.get(operands.size() - 1);
        boolean masked = last.type().dtype() == DType.BOOL;
        code.begin(opcode, node);
        (masked ? operands.subList(0, operands.size() - 1) : operands).forEach(code::tensor);
        node.outputs().forEach(code::tensor);
        code.flag(masked);
        if (masked) {
            code.tensor(last);
        }
        code.end();
    }
}
