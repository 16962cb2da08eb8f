namespace Relay.Incidents;

/// <summary>Messages of Ansible's that say that something failed, but not what.</summary>
internal static class GenericMessage
{
    private static readonly HashSet<string> _generic = new(StringComparer.OrdinalIgnoreCase)
    {
        "",
        "non-zero return code",
        "The command exited with a non-zero return code.",
        "One or more items failed",
        "All items completed",
        "(traceback unavailable)",
    };

    /// <summary>What newer versions of Ansible put before many messages.</summary>
    private static readonly string[] _prefixes = ["Task failed: ", "Action failed: ", "Module failed: "];

    /// <summary>Whether the message leaves it to the output, or to the items of a loop, to say what failed.</summary>
    public static bool Is(string? message)
    {
        var text = (message ?? "").Trim();
        while (Array.Find(_prefixes, text.StartsWith) is { } prefix)
        {
            text = text[prefix.Length..];
        }

        return _generic.Contains(text);
    }
}
