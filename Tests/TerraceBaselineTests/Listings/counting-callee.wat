;; In code that counts, an indirect call counts its first callee by itself, and leaves others to a stub.
;; Counting: yes
(module
  (type $t (func (param i32) (result i32)))
  (table 1 funcref)
  (func (param i32) (result i32)
    local.get 0
    local.get 0
    call_indirect (type $t)))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 6f 00 00 00               jb +0x86
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  83 2d 00 00 00 00 08            sub dword ptr [rip], 8
;;     | 0021  0f 88 65 00 00 00               js +0x8c
;;     | 0027  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   local.get 0
;;   call_indirect 0 0
;;     | 002a  44 89 d0                        mov eax, r10d
;;     | 002d  44 89 55 d8                     mov [rbp - 40], r10d
;;     | 0031  4d 8b 5e 40                     mov r11, [r14 + 64]
;;     | 0035  49 3b 43 08                     cmp rax, [r11 + 8]
;;     | 0039  0f 83 49 00 00 00               jae +0x88
;;     | 003f  4d 8b 1b                        mov r11, [r11]
;;     | 0042  49 8b 04 c3                     mov rax, [r11 + rax*8]
;;     | 0046  81 78 10 00 00 00 00            cmp dword ptr [rax + 16], 0
;;     | 004d  0f 85 37 00 00 00               jne +0x8a
;;     | 0053  4c 89 d7                        mov rdi, r10
;;     | 0056  4c 8b 1d 00 00 00 00            mov r11, [rip]
;;     | 005d  44 8b 50 14                     mov r10d, [rax + 20]
;;     | 0061  45 3b 13                        cmp r10d, [r11]
;;     | 0064  0f 85 32 00 00 00               jne +0x9c
;;     | 006a  41 ff 43 04                     inc dword ptr [r11 + 4]
;;     | 006e  4c 8b 70 08                     mov r14, [rax + 8]
;;     | 0072  4c 8b 18                        mov r11, [rax]
;;     | 0075  4d 8b 7e 10                     mov r15, [r14 + 16]
;;     | 0079  41 ff 13                        call [r11]
;;     | 007c  4c 8b 75 f8                     mov r14, [rbp - 8]
;;     | 0080  4d 8b 7e 10                     mov r15, [r14 + 16]
;;   end
;;     | 0084  c9                              leave
;;     | 0085  c3                              ret
;;   behind the function
;;     | 0086  0f 0b                           ud2
;;     | 0088  0f 0b                           ud2
;;     | 008a  0f 0b                           ud2
;;     | 008c  41 ba 00 00 00 00               mov r10d, 0
;;     | 0092  4d 8b 5e 20                     mov r11, [r14 + 32]
;;     | 0096  41 ff 53 70                     call [r11 + 112]
;;     | 009a  eb 8b                           jmp +0x27
;;     | 009c  4d 8d 1b                        lea r11, [r11]
;;     | 009f  4d 8b 56 20                     mov r10, [r14 + 32]
;;     | 00a3  41 ff 92 88 00 00 00            call [r10 + 136]
;;     | 00aa  eb c2                           jmp +0x6e
