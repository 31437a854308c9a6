export function messagesTs(): string;
