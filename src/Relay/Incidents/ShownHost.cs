using System.Collections.Immutable;

namespace Relay.Incidents;

/// <summary>What notifications have shown of one host.</summary>
/// <param name="Failures">How many failures its record then had.</param>
/// <param name="Causes">The keys of the causes that were shown of it since it was announced, or fails again.</param>
public sealed record ShownHost(int Failures, ImmutableArray<string> Causes)
{
    /// <summary>More causes of one host than this are not remembered: the oldest may then be shown once more.</summary>
    public const int MostCauses = 64;
}
