package dev.keratin.optimizers;

import dev.keratin.Variable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which variables are exempt from weight decay. */
final class WeightDecay {
    private final Set<Variable> exempt = new HashSet<>();
    private final Set<Pattern> exemptNames = new HashSet<>();

    void exclude(List<Variable> variables, List<String> names) {
        exempt.addAll(variables);
        names.forEach(name -> exemptNames.add(Pattern.compile(name)));
    }

    boolean appliesTo(Variable variable) {
        return !exempt.contains(variable)
                && exemptNames.stream().noneMatch(pattern -> pattern.matcher(variable.name()).find());
    }
}
