;; A local that a loop with a call only reads is in its slot at the header, and is loaded where it is needed.
(module
  (func $g (param i32))
  (func (param i32 i32)
    loop
      local.get 1
      call $g
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0
    end))

;; Code
;; function 0 $g
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 f8 ff ff ff         lea r11, [rsp - 8]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 08 00 00 00               jb 0x1f
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  89 7d f0                        mov dword ptr [rbp - 16], edi
;;   end
;;     | 001d  c9                              leave
;;     | 001e  c3                              ret
;;   behind the function
;;     | 001f  0f 0b                           ud2
;; function 1
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 2c 00 00 00               jb 0x43
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;     | 001d  49 89 f4                        mov r12, rsi
;;   loop
;;     | 0020  44 89 65 e8                     mov dword ptr [rbp - 24], r12d
;;     | 0024  49 3b 26                        cmp rsp, qword ptr [r14]
;;     | 0027  0f 82 18 00 00 00               jb 0x45
;;     local.get 1
;;     call 0
;;     | 002d  89 5d f0                        mov dword ptr [rbp - 16], ebx
;;     | 0030  8b 7d e8                        mov edi, dword ptr [rbp - 24]
;;     | 0033  ff 15 00 00 00 00               call qword ptr [rip]
;;     local.get 0
;;     i32.const 1
;;     i32.sub
;;     local.tee 0
;;     | 0039  8b 5d f0                        mov ebx, dword ptr [rbp - 16]
;;     | 003c  83 eb 01                        sub ebx, 1
;;     br_if 0
;;     | 003f  75 e3                           jne 0x24
;;   end
;;   end
;;     | 0041  c9                              leave
;;     | 0042  c3                              ret
;;   behind the function
;;     | 0043  0f 0b                           ud2
;;     | 0045  0f 0b                           ud2
;;     | 0047  eb e4                           jmp 0x2d
