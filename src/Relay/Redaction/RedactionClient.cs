using System.Text.RegularExpressions;

namespace Relay.Redaction;

/// <summary>A well-known command with an option that is followed by a secret.</summary>
internal sealed class RedactionClient
{
    private readonly Regex _ending;

    private RedactionClient(string name, string command, params string[] options)
    {
        Name = name;
        Command = command;
        Options = options;
        _ending = new Regex($"(?:^|[/ ])(?:{command})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    /// <summary>The clients whose option may stand anywhere in their command.</summary>
    public static IReadOnlyList<RedactionClient> All { get; } =
    [
        new("databases", "mysql[a-z]*|mariadb(?:-[a-z]+)?|mongo(?:sh|dump|restore|import|export)?", "-p"),
        new("logins", "(?:docker|podman|buildah|skopeo|nerdctl|registry|az|oc) login", "-p"),
        new("Redis", "redis-cli", "-a"),
        new("LDAP", "ldap(?:search|modify|add|delete|passwd|whoami|compare|modrdn)", "-w"),
        new("sqlcmd and ipmitool", "sqlcmd|ipmitool", "-P"),
    ];

    /// <summary>As above, and those that the text rules treat one by one.</summary>
    public static IReadOnlyList<RedactionClient> InLists { get; } =
    [
        .. All,
        new("sshpass", "sshpass", "-p"),
        new("curl", "curl", "-u", "-U", "--user", "--proxy-user"),
        new("end", "ssh|scp|sftp|rsync"),
    ];

    /// <summary>What it is, for people.</summary>
    public string Name { get; }

    /// <summary>The pattern of the command's words.</summary>
    public string Command { get; }

    /// <summary>The options; none for a command that only ends the arguments of the one before it.</summary>
    public IReadOnlyList<string> Options { get; }

    /// <summary>The short option with which an argument begins that holds the secret as well, or null.</summary>
    public string? AttachedOption(string argument) =>
        Options.FirstOrDefault(option =>
            option.Length == 2 && argument.Length > 2 && argument.StartsWith(option, StringComparison.Ordinal));

    /// <summary>Whether the last words of a command so far are this client.</summary>
    public bool Ends(string words) => _ending.IsMatch(words);
}
