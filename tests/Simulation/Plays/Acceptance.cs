namespace Simulation.Plays;

/// <summary>What Slack takes of a trouble.</summary>
internal enum Acceptance
{
    Everything,

    /// <summary>A plain text, but no attachment.</summary>
    PlainText,

    Nothing,
}
