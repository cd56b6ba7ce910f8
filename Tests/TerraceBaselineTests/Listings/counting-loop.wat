;; In code that counts, the counter of a loop stands in for its interrupt check. Behind the function, locals and the constants
;; below the loop go to their slots before the runtime is asked whether there is better code; all preserved registers are
;; kept, because better code may use any. A loop that contains another has a counter of its own; one with bulk operators is
;; checked for interrupts as well.
;; Counting: yes
(module
  (memory 1)
  (func (param i32) (result i32)
    i32.const 7
    loop
      loop
        local.get 0
        i32.const 1
        i32.sub
        local.tee 0
        br_if 0
      end
      i32.const 0
      i32.const 0
      local.get 0
      memory.fill
      local.get 0
      br_if 0
    end
    local.get 0
    i32.add))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 6d 00 00 00               jb +0x84
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  83 2d 00 00 00 00 07            sub dword ptr [rip], 7
;;     | 0021  0f 88 63 00 00 00               js +0x8a
;;     | 0027  48 89 5d f0                     mov [rbp - 16], rbx
;;     | 002b  48 89 fb                        mov rbx, rdi
;;   i32.const 7
;;   loop
;;     | 002e  49 3b 26                        cmp rsp, [r14]
;;     | 0031  0f 82 4f 00 00 00               jb +0x86
;;     | 0037  83 2d 00 00 00 00 10            sub dword ptr [rip], 16
;;     | 003e  0f 88 56 00 00 00               js +0x9a
;;     loop
;;     | 0044  83 2d 00 00 00 00 0b            sub dword ptr [rip], 11
;;     | 004b  0f 88 72 00 00 00               js +0xc3
;;       local.get 0
;;       i32.const 1
;;       i32.sub
;;       local.tee 0
;;     | 0051  83 eb 01                        sub ebx, 1
;;       br_if 0
;;     | 0054  75 ee                           jne +0x44
;;     end
;;     i32.const 0
;;     i32.const 0
;;     local.get 0
;;     memory.fill 0
;;     | 0056  49 89 d8                        mov r8, rbx
;;     | 0059  ba 00 00 00 00                  mov edx, 0
;;     | 005e  b9 00 00 00 00                  mov ecx, 0
;;     | 0063  be 00 00 00 00                  mov esi, 0
;;     | 0068  4d 8b 5e 20                     mov r11, [r14 + 32]
;;     | 006c  41 ff 53 10                     call [r11 + 16]
;;     local.get 0
;;     br_if 0
;;     | 0070  85 db                           test ebx, ebx
;;     | 0072  75 ba                           jne +0x2e
;;   end
;;   local.get 0
;;   i32.add
;;     | 0074  bf 07 00 00 00                  mov edi, 7
;;     | 0079  01 df                           add edi, ebx
;;   end
;;     | 007b  48 89 f8                        mov rax, rdi
;;     | 007e  48 8b 5d f0                     mov rbx, [rbp - 16]
;;     | 0082  c9                              leave
;;     | 0083  c3                              ret
;;   behind the function
;;     | 0084  0f 0b                           ud2
;;     | 0086  0f 0b                           ud2
;;     | 0088  eb ad                           jmp +0x37
;;     | 008a  41 ba 00 00 00 00               mov r10d, 0
;;     | 0090  4d 8b 5e 20                     mov r11, [r14 + 32]
;;     | 0094  41 ff 53 70                     call [r11 + 112]
;;     | 0098  eb 8d                           jmp +0x27
;;     | 009a  4c 89 65 e8                     mov [rbp - 24], r12
;;     | 009e  4c 89 6d e0                     mov [rbp - 32], r13
;;     | 00a2  89 5d d8                        mov [rbp - 40], ebx
;;     | 00a5  c7 45 d0 07 00 00 00            mov dword ptr [rbp - 48], 7
;;     | 00ac  be 00 00 00 00                  mov esi, 0
;;     | 00b1  ba 00 00 00 00                  mov edx, 0
;;     | 00b6  48 89 e9                        mov rcx, rbp
;;     | 00b9  4d 8b 5e 20                     mov r11, [r14 + 32]
;;     | 00bd  41 ff 53 78                     call [r11 + 120]
;;     | 00c1  eb 81                           jmp +0x44
;;     | 00c3  4c 89 65 e8                     mov [rbp - 24], r12
;;     | 00c7  4c 89 6d e0                     mov [rbp - 32], r13
;;     | 00cb  89 5d d8                        mov [rbp - 40], ebx
;;     | 00ce  c7 45 d0 07 00 00 00            mov dword ptr [rbp - 48], 7
;;     | 00d5  be 00 00 00 00                  mov esi, 0
;;     | 00da  ba 01 00 00 00                  mov edx, 1
;;     | 00df  48 89 e9                        mov rcx, rbp
;;     | 00e2  4d 8b 5e 20                     mov r11, [r14 + 32]
;;     | 00e6  41 ff 53 78                     call [r11 + 120]
;;     | 00ea  e9 62 ff ff ff                  jmp +0x51
