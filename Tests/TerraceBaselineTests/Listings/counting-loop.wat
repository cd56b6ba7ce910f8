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
;;     | 0011  0f 82 75 00 00 00               jb +0x8c
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  83 2d 00 00 00 00 07            sub dword ptr [rip], 7
;;     | 0021  0f 88 6b 00 00 00               js +0x92
;;     | 0027  48 89 5d f0                     mov [rbp - 16], rbx
;;     | 002b  4c 89 65 e8                     mov [rbp - 24], r12
;;     | 002f  4c 89 6d e0                     mov [rbp - 32], r13
;;     | 0033  48 89 fb                        mov rbx, rdi
;;   i32.const 7
;;   loop
;;     | 0036  49 3b 26                        cmp rsp, [r14]
;;     | 0039  0f 82 4f 00 00 00               jb +0x8e
;;     | 003f  83 2d 00 00 00 00 10            sub dword ptr [rip], 16
;;     | 0046  0f 88 56 00 00 00               js +0xa2
;;     loop
;;     | 004c  83 2d 00 00 00 00 0b            sub dword ptr [rip], 11
;;     | 0053  0f 88 6a 00 00 00               js +0xc3
;;       local.get 0
;;       i32.const 1
;;       i32.sub
;;       local.tee 0
;;     | 0059  83 eb 01                        sub ebx, 1
;;       br_if 0
;;     | 005c  75 ee                           jne +0x4c
;;     end
;;     i32.const 0
;;     i32.const 0
;;     local.get 0
;;     memory.fill 0
;;     | 005e  49 89 d8                        mov r8, rbx
;;     | 0061  ba 00 00 00 00                  mov edx, 0
;;     | 0066  b9 00 00 00 00                  mov ecx, 0
;;     | 006b  be 00 00 00 00                  mov esi, 0
;;     | 0070  4d 8b 5e 20                     mov r11, [r14 + 32]
;;     | 0074  41 ff 53 10                     call [r11 + 16]
;;     local.get 0
;;     br_if 0
;;     | 0078  85 db                           test ebx, ebx
;;     | 007a  75 ba                           jne +0x36
;;   end
;;   local.get 0
;;   i32.add
;;     | 007c  bf 07 00 00 00                  mov edi, 7
;;     | 0081  01 df                           add edi, ebx
;;   end
;;     | 0083  48 89 f8                        mov rax, rdi
;;     | 0086  48 8b 5d f0                     mov rbx, [rbp - 16]
;;     | 008a  c9                              leave
;;     | 008b  c3                              ret
;;   behind the function
;;     | 008c  0f 0b                           ud2
;;     | 008e  0f 0b                           ud2
;;     | 0090  eb ad                           jmp +0x3f
;;     | 0092  41 ba 00 00 00 00               mov r10d, 0
;;     | 0098  4d 8b 5e 20                     mov r11, [r14 + 32]
;;     | 009c  41 ff 53 70                     call [r11 + 112]
;;     | 00a0  eb 85                           jmp +0x27
;;     | 00a2  89 5d d8                        mov [rbp - 40], ebx
;;     | 00a5  c7 45 d0 07 00 00 00            mov dword ptr [rbp - 48], 7
;;     | 00ac  be 00 00 00 00                  mov esi, 0
;;     | 00b1  ba 00 00 00 00                  mov edx, 0
;;     | 00b6  48 89 e9                        mov rcx, rbp
;;     | 00b9  4d 8b 5e 20                     mov r11, [r14 + 32]
;;     | 00bd  41 ff 53 78                     call [r11 + 120]
;;     | 00c1  eb 89                           jmp +0x4c
;;     | 00c3  89 5d d8                        mov [rbp - 40], ebx
;;     | 00c6  c7 45 d0 07 00 00 00            mov dword ptr [rbp - 48], 7
;;     | 00cd  be 00 00 00 00                  mov esi, 0
;;     | 00d2  ba 01 00 00 00                  mov edx, 1
;;     | 00d7  48 89 e9                        mov rcx, rbp
;;     | 00da  4d 8b 5e 20                     mov r11, [r14 + 32]
;;     | 00de  41 ff 53 78                     call [r11 + 120]
;;     | 00e2  e9 72 ff ff ff                  jmp +0x59
