namespace Relay.Tests;

/// <summary>The relay is a house with floors: use cases at the root, and folders that use only those below them.</summary>
public sealed class ArchitectureTests
{
    /// <summary>From top to bottom. The root holds the use cases and their composition.</summary>
    private static readonly string[] _floors =
    [
        "", "Delivery", "DeadLetters", "State", "Slack", "Messages", "Incidents", "KeyVault", "Routes", "Reports", "Redaction", "Telemetry",
        "Storage", "Text",
    ];

    private static readonly string[] _impure =
    [
        "System.TimeProvider", "System.DateTime", "System.DateTimeOffset::get_Now", "System.DateTimeOffset::get_UtcNow", "System.Diagnostics.",
        "System.Environment", "System.Random", "System.Guid::New", "System.IO.", "System.Net.", "System.Threading.", "Azure.", "Microsoft.",
    ];

    private static readonly string[] _heads =
        ["Functions", "Local", "Operations", "SlackNet", "Microsoft.AspNetCore", "Microsoft.Azure.Functions", "Microsoft.Extensions.Hosting"];

    [Fact]
    public void Every_folder_has_its_floor() =>
        Assert.Empty(References.Types.Select(References.FolderOf).Distinct().Except(_floors));

    [Fact]
    public void A_folder_uses_only_those_below_it() => Assert.Empty(
        from type in References.Types
        let floor = FloorOf(type)
        from used in References.RelayTypesOf(type).Where(used => FloorOf(used) < floor)
        select $"{type} uses {used}, which is above it.");

    [Fact]
    public void Decisions_on_incidents_read_no_clock_and_touch_nothing_outside() => Assert.Empty(
        from type in References.Types.Where(type => References.FolderOf(type) == "Incidents")
        from member in References.MembersOf(type)
        where _impure.Any(impure => References.Names(member, impure))
        select $"{type} uses {member}.");

    [Fact]
    public void The_relay_knows_no_head_and_nothing_of_theirs() => Assert.DoesNotContain(
        References.Assemblies,
        assembly => _heads.Any(head => assembly == head || assembly.StartsWith($"{head}.", StringComparison.Ordinal)));

    private static int FloorOf(string type) => Array.IndexOf(_floors, References.FolderOf(type));
}
