using System.Text.RegularExpressions;

namespace Infrastructure.Tests;

/// <summary>A role that somebody has on something. Where it is, only the expression of its id says.</summary>
internal sealed partial record Grant(string Scope, string Principal, string Role, string Name)
{
    /// <summary>What Azure calls it.</summary>
    public const string Type = "Microsoft.Authorization/roleAssignments";

    /// <summary>Those of a deployment.</summary>
    public static IEnumerable<Grant> Of(Snapshot snapshot) => snapshot.Of(Type).Select(one => new Grant(
        ScopeInId().Match(one.Id).Value,
        one["principalId"].GetString() ?? "",
        (one["roleDefinitionId"].GetString() ?? "").Split('/')[^1],
        one.Name));

    [GeneratedRegex(@"(?<=^\[extensionResourceId\(')[^']+")]
    private static partial Regex ScopeInId();
}
