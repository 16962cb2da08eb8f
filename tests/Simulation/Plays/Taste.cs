namespace Simulation.Plays;

/// <summary>What Slack takes of a trouble.</summary>
internal enum Taste
{
    Everything,

    /// <summary>A plain text, but no attachment.</summary>
    PlainText,

    Nothing,
}
