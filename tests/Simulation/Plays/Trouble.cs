using Relay.Routes;

namespace Simulation.Plays;

/// <summary>Something that breaks on some hosts, for whatever reasons: what people have to hear of under its own name.</summary>
/// <param name="Number">No other trouble of the scenario has it.</param>
/// <param name="Task">Null where hosts cannot be reached: which task finds that out is chance.</param>
/// <param name="Acceptance">Whether Slack can read what it says.</param>
/// <param name="Output">How many characters it prints.</param>
internal sealed record Trouble(int Number, Origin Origin, string? Task, Acceptance Acceptance = Acceptance.Everything, int Output = 0)
{
    public bool IsUnreachable => Task is null;

    /// <summary>One of the reasons that it may have, in words that no other trouble uses.</summary>
    public string Cause(string colour) => $"Reason {Number}{colour}";

    public override string ToString() =>
        $"'{Task ?? "unreachable"}' of {Origin.Project.Split('/')[^1]}/{Origin.Playbook} {Origin.Environment}in {Origin.Route}";
}
