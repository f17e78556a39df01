package dev.bulkhead.app;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists commands by what somebody wants, and options by what they are about: what is seldom needed comes last. */
final class HelpGroups {

    private static final Map<String, List<String>> COMMANDS = commands();
    private static final Map<String, List<String>> OPTIONS = options();

    private HelpGroups() {}

    private static Map<String, List<String>> commands() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("Understand", List.of("connectivity", "explain", "who-can-reach", "reachable-from", "status"));
        groups.put("Change", List.of("plan", "diff", "render"));
        groups.put("Check", List.of("lint", "test"));
        groups.put("Run", List.of("operator", "stamp", "generate-completion"));
        return groups;
    }

    /** Options that no group names are the command's own, and come first. */
    private static Map<String, List<String>> options() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put(
                "Input",
                List.of("--filename", "--base", "--head", "--cluster", "--server", "--namespace", "--lenient"));
        groups.put("Cluster", List.of("--kubeconfig", "--context", "--token-file", "--server-certificate-authority"));
        groups.put(
                "How clusters and network plugins differ",
                List.of("--identity", "--ip-blocks", "--host-network", "--operator-namespace", "--cluster-cidr"));
        return groups;
    }

    /** @param program with all its commands, of which those that read manifests or clusters get groups of options */
    static CommandLine applyTo(CommandLine program) {
        program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpGroups::commandList);
        program.getSubcommands().values().stream()
                .filter(command -> command.getCommandSpec().findOption("--kubeconfig") != null)
                .forEach(command -> {
                    command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
                    command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpGroups::optionList);
                });
        return program;
    }

    private static String commandList(Help help) {
        Map<String, Help> left = new LinkedHashMap<>(help.subcommands());
        left.values().removeIf(command -> command.commandSpec().usageMessage().hidden());
        StringBuilder text = new StringBuilder();
        COMMANDS.forEach((title, names) -> {
            Map<String, Help> group = new LinkedHashMap<>();
            names.stream().filter(left::containsKey).forEach(name -> group.put(name, left.remove(name)));
            append(text, help, title, help.commandList(group));
        });
        if (!left.isEmpty()) {
            append(text, help, "Others", help.commandList(left));
        }
        return text.toString();
    }

    private static String optionList(Help help) {
        List<OptionSpec> own = new ArrayList<>(help.commandSpec().options());
        Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
        OPTIONS.forEach((title, names) -> {
            List<OptionSpec> group = own.stream()
                    .filter(option -> names.contains(option.longestName()))
                    .sorted(Comparator.comparingInt(option -> names.indexOf(option.longestName())))
                    .toList();
            own.removeAll(group);
            groups.put(title, group);
        });
        own.sort(Comparator.comparing((OptionSpec option) -> option.usageHelp() || option.versionHelp())
                .thenComparing(OptionSpec::longestName));
        StringBuilder text = new StringBuilder(options(help, own));
        groups.forEach((title, options) -> {
            if (!options.isEmpty()) {
                append(text, help, title, options(help, options));
            }
        });
        return text.toString();
    }

    private static String options(Help help, List<OptionSpec> options) {
        Help.Layout layout = help.createDefaultLayout();
        layout.addAllOptions(options, help.createDefaultParamLabelRenderer());
        return layout.toString();
    }

    private static void append(StringBuilder text, Help help, String title, String list) {
        text.append(String.format("%n"))
                .append(help.colorScheme().ansi().new Text("@|bold " + title + ":|@", help.colorScheme()))
                .append(String.format("%n"))
                .append(list);
    }
}
