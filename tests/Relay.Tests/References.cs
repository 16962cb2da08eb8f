using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Relay.Tests;

/// <summary>What the compiled types of the relay refer to, also in the bodies of their methods.</summary>
internal static partial class References
{
    private static readonly ModuleDefinition _relay = ModuleDefinition.ReadModule(typeof(RelayExtensions).Assembly.Location);

    private static readonly ILookup<string, string> _members = _relay.GetTypes()
        .Where(type => OutermostOf(type).Namespace.Split('.')[0] == nameof(Relay))
        .SelectMany(type => MembersOf(type).Select(member => (Type: OutermostOf(type).FullName, member.FullName)))
        .Distinct()
        .ToLookup(one => one.Type, one => one.FullName);

    /// <summary>The relay's types, those within them left aside.</summary>
    public static IEnumerable<string> Types => _members.Select(type => type.Key);

    public static IEnumerable<string> Assemblies => _relay.AssemblyReferences.Select(assembly => assembly.Name);

    /// <summary>Every type and member that the type and those within it refer to, each with all types of its signature.</summary>
    public static IEnumerable<string> MembersOf(string type) => _members[type];

    /// <summary>The relay's types among them.</summary>
    public static IEnumerable<string> RelayTypesOf(string type) =>
        MembersOf(type).SelectMany(member => RelayType.Matches(member)).Select(match => match.Value).Distinct();

    /// <summary>The folder that the type is in; empty for the root.</summary>
    public static string FolderOf(string type) => type.Split('.') is [_, .. var folders, _] ? string.Join('.', folders) : "";

    /// <summary>Whether a member's signature names something that begins so.</summary>
    public static bool Names(string member, string begin) => Regex.IsMatch(member, $@"(?<![\w.]){Regex.Escape(begin)}(?:(?<=\.)|\b)");

    private static IEnumerable<MemberReference> MembersOf(TypeDefinition type) =>
    [
        type.BaseType ?? type,
        .. type.Interfaces.Select(one => one.InterfaceType),
        .. type.CustomAttributes.Select(one => one.AttributeType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Methods,
        .. type.Methods.Where(method => method.HasBody).SelectMany(MembersOf),
    ];

    private static IEnumerable<MemberReference> MembersOf(MethodDefinition method) =>
    [
        .. method.Body.Variables.Select(variable => variable.VariableType),
        .. method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MemberReference>(),
    ];

    private static TypeDefinition OutermostOf(TypeDefinition type) => type.DeclaringType is { } outer ? OutermostOf(outer) : type;

    [GeneratedRegex(@"(?<![\w.])Relay\.[\w.]+")]
    private static partial Regex RelayType { get; }
}
